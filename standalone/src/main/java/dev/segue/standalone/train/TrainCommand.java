package dev.segue.standalone.train;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code segue train}: what is trained is a command of its own. */
@Command(
        name = "train",
        scope = ScopeType.INHERIT,
        exitCodeList = {
            "0:every step was taken",
            "1:it failed, for the reason given",
            "2:the command line is wrong",
            "7:it was told to end, and wrote a checkpoint; the same command goes on"
        },
        description =
                "Train a model on a folder of songs: WAV or FLAC files and a manifest.jsonl that says artist, genre"
                        + " and lyrics of each. What is broken off goes on where it was when the same command is given again.",
        subcommands = {
            TrainVqVaeCommand.class,
            TrainPriorCommand.class,
            TrainUpsamplerCommand.class,
            TrainAllCommand.class,
            RecipeCommand.class
        })
public final class TrainCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "train what? vqvae, prior, upsampler or all of them");
    }
}
