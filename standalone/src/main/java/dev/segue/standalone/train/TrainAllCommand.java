package dev.segue.standalone.train;

import dev.segue.worker.trainer.Trainer;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code segue train all}: everything, one part after the other. */
@Command(
        name = "all",
        description = "Train the VQ-VAE, then the prior of every level. Parts that are done are left alone.")
final class TrainAllCommand implements Callable<Integer> {
    @Mixin
    private TrainOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        return options.train(spec, TrainAllCommand::every);
    }

    private static boolean every(Trainer trainer) throws IOException {
        boolean done = trainer.vqVae();
        for (int level = trainer.levels() - 1; done && level >= 0; level--) {
            done = trainer.prior(level);
        }
        return done;
    }
}
