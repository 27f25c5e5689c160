package dev.segue.standalone.train;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code segue train prior}: the prior of the top level. */
@Command(
        name = "prior",
        description = "Train the top-level prior, which writes the coarsest codes from artist, genre and lyrics.")
final class TrainPriorCommand implements Callable<Integer> {
    @Mixin
    private TrainOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        return options.train(spec, trainer -> trainer.prior(trainer.levels() - 1));
    }
}
