package dev.segue.worker.trainer;

import ai.djl.Device;
import dev.segue.worker.manifest.Manifest;
import dev.segue.worker.manifest.SongEntry;
import dev.segue.worker.manifest.Split;
import dev.segue.worker.torch.Torch;
import dev.segue.worker.weights.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Trains the parts of a model on a folder of songs, into a folder that workers then serve as it is: first the VQ-VAE,
 * then, in any order or at the same time in several processes, the prior of each level. Below the model's folder,
 * {@code training} keeps what a run continues from. Owned by one thread.
 */
public final class Trainer {
    private static final String TRAINING = "training";

    private final Path folder;
    private final Recipe recipe;
    private final Manifest manifest;
    private final LabelTables tables;
    private final ModelParts parts;
    private final Machine machine;
    private final TrainingListener listener;
    private final BooleanSupplier stop;

    /**
     * What it trains on.
     *
     * @param device where tensors lie
     * @param threads songs that are prepared at the same time, and threads of an operation on a prior
     */
    public record Machine(Device device, int threads) {}

    /**
     * A trainer.
     *
     * @param folder of the model, made if it is not there
     * @param stop asked now and then whether to end early; what was learnt is kept
     * @throws dev.segue.contracts.model.InvalidModelException if the parts of the recipe do not fit each other
     */
    public Trainer(
            Path folder,
            Recipe recipe,
            Manifest manifest,
            Machine machine,
            TrainingListener listener,
            BooleanSupplier stop) {
        this.folder = folder;
        this.recipe = recipe;
        this.manifest = manifest;
        this.tables = LabelTables.of(manifest);
        this.parts = new ModelParts(folder, recipe, tables);
        this.machine = machine;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Trains the VQ-VAE.
     *
     * @return whether every step was taken
     */
    public boolean vqVae() throws IOException {
        Recipe.VqVaePart part = recipe.vqVae();
        TrainingRun run = vqVaeRun();
        if (run.isDone()) {
            return true;
        }
        Torch.setThreads(1); // its levels are computed at once, each by a thread of its own
        SongSounds songs = sounds(Split.TRAIN, part.blend()).atLeast(part.sampleLength(), listener);
        SongSounds held = sounds(Split.VALIDATION, false).atLeast(part.sampleLength(), listener);
        try (VqVaeLearner learner = new VqVaeLearner(machine.device(), part, songs, held)) {
            Pictures pictures = new Pictures(run.folder(), listener);
            return run.run(learner, () -> {
                parts.writeVqVae(learner.weights());
                pictures.curves("loss.png", "VQ-VAE", run.log(), List.of("loss"));
                pictures.curves("convergence.png", "Spectral convergence in dB", run.log(), convergence());
                pictures.reconstructions(
                        "reconstructions.png",
                        learner.reconstructions(),
                        part.shape().sampleRate());
            });
        }
    }

    /**
     * Trains the prior of {@code level}: the top-level prior, or an upsampler.
     *
     * @return whether every step was taken
     * @throws IllegalStateException if the VQ-VAE is not trained yet
     */
    public boolean prior(int level) throws IOException {
        if (level < 0 || level >= recipe.levels().size()) {
            throw new IllegalArgumentException("level is " + level + " but the recipe has levels 0 to "
                    + (recipe.levels().size() - 1));
        }
        if (!vqVaeRun().isDone() || !Files.exists(parts.vqVae())) {
            throw new IllegalStateException("the VQ-VAE in " + folder
                    + " is not trained yet, and priors learn its codes; train it first: segue train vqvae");
        }
        Recipe.LevelPart part = recipe.levels().get(level);
        String vqVae = Sha256.of(parts.vqVae());
        TrainingRun run = run(
                "prior-level-" + level, digest(vqVae + parts.shape().priors().get(level)), part.schedule());
        if (run.isDone()) {
            return true;
        }
        Torch.setThreads(1); // songs are encoded at once, each by a thread of its own
        int window = part.prior().context() * recipe.vqVae().shape().hop(level);
        Windows windows = windows(Split.TRAIN, level, window, vqVae);
        Windows held = windows(Split.VALIDATION, level, window, vqVae);
        Torch.setThreads(machine.threads());
        try (PriorLearner learner =
                new PriorLearner(machine.device(), part, parts.shape().priors().get(level), windows, held)) {
            Pictures pictures = new Pictures(run.folder(), listener);
            return run.run(learner, () -> {
                parts.writePrior(level, learner.weights());
                pictures.curves("loss.png", "Prior of level " + level, run.log(), PriorLearner.FIGURES);
            });
        }
    }

    private List<String> convergence() {
        return IntStream.rangeClosed(1, levels())
                .mapToObj(level -> VqVaeLearner.CONVERGENCE + level)
                .toList();
    }

    /** The number of levels. */
    public int levels() {
        return recipe.levels().size();
    }

    private TrainingRun vqVaeRun() {
        Recipe.VqVaePart part = recipe.vqVae();
        return run("vqvae", digest(part.shape().toString()), part.schedule());
    }

    private TrainingRun run(String name, String digest, Schedule schedule) {
        return new TrainingRun(folder.resolve(TRAINING).resolve(name), digest, schedule, listener, stop);
    }

    private SongSounds sounds(Split split, boolean stereo) throws IOException {
        return SongSounds.of(
                folder.resolve(TRAINING).resolve("sound"),
                manifest,
                split,
                recipe.vqVae().shape().sampleRate(),
                stereo,
                new SongWork(machine.threads(), "decoding songs for " + split.label(), listener));
    }

    private Windows windows(Split split, int level, int window, String vqVae) throws IOException {
        // A whole number of the coarsest codes is encoded of each song.
        int hop = recipe.vqVae().shape().hop(levels() - 1);
        TrainedCodes codes = TrainedCodes.of(
                folder.resolve(TRAINING).resolve("codes"),
                recipe.vqVae().shape(),
                parts.vqVae(),
                vqVae,
                sounds(split, false).atLeast((window + hop - 1) / hop * hop, listener),
                machine.device(),
                new SongWork(machine.threads(), "encoding songs for " + split.label(), listener));
        Windows windows = new Windows(parts.shape(), level, tables, codes);
        if (windows.unusedTimes() > 0) {
            listener.note("of " + windows.unusedTimes() + " songs for " + split.label() + " it is not used when"
                    + " characters are sung: their lyrics have characters that the model does not know");
        }
        return windows;
    }

    /** Of the songs' words and of what is trained: checkpoints of anything else are refused. */
    private String digest(String part) {
        String songs = manifest.songs().stream().map(SongEntry::toJson).collect(Collectors.joining("\n"));
        return Sha256.of((part + "\n" + songs).getBytes(StandardCharsets.UTF_8));
    }
}
