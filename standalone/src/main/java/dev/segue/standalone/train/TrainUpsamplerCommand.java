package dev.segue.standalone.train;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue train upsampler}: a prior of a finer level. */
@Command(name = "upsampler", description = "Train an upsampler, which writes finer codes from coarser ones.")
final class TrainUpsamplerCommand implements Callable<Integer> {
    @Mixin
    private TrainOptions options;

    @Option(names = "--level", required = true, description = "The level whose codes it writes, 0 the finest.")
    private int level;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        return options.train(spec, trainer -> trainer.prior(level));
    }
}
