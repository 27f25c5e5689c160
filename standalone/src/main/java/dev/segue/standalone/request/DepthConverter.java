package dev.segue.standalone.request;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Bits of a sample. */
final class DepthConverter implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String bits) {
        if (!bits.equals("16") && !bits.equals("24")) {
            throw new TypeConversionException("\"" + bits + "\" must be 16 or 24");
        }
        return Integer.valueOf(bits);
    }
}
