package dev.segue.standalone.request;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Seconds from now, or a time. */
final class DeadlineConverter implements ITypeConverter<Instant> {
    private static final double MILLIS = 1000;

    @Override
    public Instant convert(String text) {
        try {
            return text.matches("[0-9.]+")
                    ? Instant.now().plus(Duration.ofMillis((long) (Double.parseDouble(text) * MILLIS)))
                    : Instant.parse(text);
        } catch (DateTimeParseException | NumberFormatException e) {
            throw new TypeConversionException(
                    "\"" + text + "\" must be seconds from now or a time such as 2027-01-31T18:00:00Z");
        }
    }
}
