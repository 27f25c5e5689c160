package dev.segue.standalone.train;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code segue train vqvae}: the part that makes codes of sound and sound of codes. */
@Command(
        name = "vqvae",
        description =
                "Train the VQ-VAE, which makes codes of sound and sound of codes. Everything else learns its codes.")
final class TrainVqVaeCommand implements Callable<Integer> {
    @Mixin
    private TrainOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        return options.train(spec, trainer -> trainer.vqVae());
    }
}
