package dev.segue.standalone.request;

import dev.segue.contracts.record.LevelSampling;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** How codes are drawn, as the command line says it. */
final class SamplingOptions {
    @Option(
            names = "--temperature",
            paramLabel = "T",
            converter = Doubles.class,
            description = "Below 1 is tamer, above 1 is wilder; one for all levels or by level, as in"
                    + " 0=0.99,1=0.99,2=0.98. Default: the model's own; 0.99 where --top-k or --top-p is given alone.")
    private PerLevel<Double> temperature;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            converter = Integers.class,
            description = "Draw from so many of the likeliest codes only, for all levels or by level. Default: all.")
    private PerLevel<Integer> topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            converter = Doubles.class,
            description = "Draw from the likeliest codes of this probability only, for all levels or by level. Default:"
                    + " all.")
    private PerLevel<Double> topP;

    /** Numbers with a point, by level. */
    static final class Doubles implements ITypeConverter<PerLevel<Double>> {
        @Override
        public PerLevel<Double> convert(String text) {
            return PerLevel.parse(text, Double::valueOf);
        }
    }

    /** Whole numbers, by level. */
    static final class Integers implements ITypeConverter<PerLevel<Integer>> {
        @Override
        public PerLevel<Integer> convert(String text) {
            return PerLevel.parse(text, Integer::valueOf);
        }
    }

    /** One for each level that something was said about. */
    List<LevelSampling> sampling(SongOptions.LevelCount levels) throws IOException {
        List<PerLevel<?>> said = Stream.<PerLevel<?>>of(temperature, topK, topP)
                .filter(Objects::nonNull)
                .toList();
        TreeSet<Integer> numbers = new TreeSet<>();
        said.forEach(values -> numbers.addAll(values.levels()));
        if (said.stream().anyMatch(PerLevel::forAll)) {
            IntStream.range(0, levels.get()).forEach(numbers::add);
        }
        return numbers.stream().map(this::at).toList();
    }

    private LevelSampling at(int level) {
        LevelSampling.Builder sampling = LevelSampling.newBuilder().setLevel(level);
        if (temperature != null && temperature.at(level) != null) {
            sampling.setTemperature(temperature.at(level));
        }
        if (topK != null && topK.at(level) != null) {
            sampling.setTopK(topK.at(level));
        }
        if (topP != null && topP.at(level) != null) {
            sampling.setTopP(topP.at(level));
        }
        return sampling.build();
    }
}
