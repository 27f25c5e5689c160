package dev.segue.standalone.train;

import ai.djl.Device;
import dev.segue.standalone.interruption.Interruption;
import dev.segue.standalone.terminal.ProgressLine;
import dev.segue.worker.manifest.Manifest;
import dev.segue.worker.torch.Torch;
import dev.segue.worker.trainer.Recipe;
import dev.segue.worker.trainer.Trainer;
import dev.segue.worker.trainer.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What every part of a model is trained with. */
final class TrainOptions {
    /** Left for later: the same command continues. */
    static final int NOT_DONE = 7;

    private static final Duration GRACE = Duration.ofMinutes(2);

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Folder of songs with a manifest.jsonl; segue corpus makes one.")
    private Path data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder of the model, made if it is not there. Checkpoints, logs and plots go to training in"
                    + " it.")
    private Path out;

    @Option(
            names = "--recipe",
            defaultValue = Recipe.DEMO,
            paramLabel = "FILE",
            description = "Sizes and schedule, see segue train recipe. Default: demo.")
    private String recipe;

    @Option(names = "--device", defaultValue = "cpu", description = "cpu, gpu or gpu:NUMBER. Default: cpu.")
    private String device;

    @Option(names = "--threads", description = "Threads of an operation. Default: as many as there are cores.")
    private Integer threads;

    /** Trains some parts; says whether every step was taken. */
    interface Parts {
        boolean train(Trainer trainer) throws IOException;
    }

    /** Trains until all is done or the process is told to end. */
    int train(CommandSpec spec, Parts parts) throws IOException {
        int many = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (many < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--threads is " + many + " but must be at least 1; leave it out for one per core");
        }
        if (!Torch.DEVICE.matcher(device).matches()) {
            throw new ParameterException(
                    spec.commandLine(), "--device is " + device + " but must be cpu, gpu or gpu:NUMBER");
        }
        Manifest manifest = Manifest.read(data);
        Device where = Torch.device(device);
        try (Interruption stop =
                new Interruption(GRACE, "gave up waiting for the checkpoint; what was learnt since the last is lost")) {
            ProgressLine line = ProgressLine.on(spec.commandLine().getErr());
            TrainingListener shown = new ProgressBar(line);
            Trainer trainer =
                    new Trainer(out, Recipe.named(recipe), manifest, new Trainer.Machine(where, many), shown, stop);
            boolean done = parts.train(trainer);
            line.end();
            return stop.exitWith(done ? 0 : NOT_DONE);
        }
    }
}
