package dev.segue.worker.trainer;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.segue.worker.torch.Torch;
import dev.segue.worker.trainlog.TrainingLog;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The steps of one part of a model, from its last checkpoint to its last step or until somebody wants it to stop. A run
 * that was broken off and continued ends with the same weights, and with the same log but for times.
 */
final class TrainingRun {
    private static final String CHECKPOINT = "checkpoint.safetensors";
    private static final String LOG = "log.jsonl";

    private final Path folder;
    private final String digest;
    private final Schedule schedule;
    private final TrainingListener listener;
    private final BooleanSupplier stop;

    /**
     * A run.
     *
     * @param folder of checkpoint, log and pictures
     * @param digest of all that the weights depend on beside the schedule
     * @param stop whether to end early, at the next line of the log
     */
    TrainingRun(Path folder, String digest, Schedule schedule, TrainingListener listener, BooleanSupplier stop) {
        this.folder = folder;
        this.digest = digest;
        this.schedule = schedule;
        this.listener = listener;
        this.stop = stop;
    }

    /** What is done beside the checkpoint whenever there is one. */
    interface Saving {
        void save() throws IOException;
    }

    /** Of checkpoint, log and pictures. */
    Path folder() {
        return folder;
    }

    /** Where the log of this part is. */
    Path log() {
        return folder.resolve(LOG);
    }

    /** Whether every step was taken. */
    boolean isDone() throws IOException {
        return Checkpoint.steps(folder.resolve(CHECKPOINT)) >= schedule.steps();
    }

    /**
     * Takes the steps that are left.
     *
     * @return whether there are none left
     * @throws IllegalStateException if another run works on the same part
     */
    boolean run(Learner learner, Saving saving) throws IOException {
        Files.createDirectories(folder);
        try (FileChannel channel =
                        FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = lock(channel)) {
            if (lock == null) {
                throw new IllegalStateException(
                        "another run trains in " + folder + "; wait for it, or train into another folder");
            }
            return runAlone(learner, saving);
        }
    }

    /** A lock, or null if this or another process holds it. */
    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private boolean runAlone(Learner learner, Saving saving) throws IOException {
        Path file = folder.resolve(CHECKPOINT);
        Checkpoint from = new Checkpoint(0, 0);
        if (Files.exists(file)) {
            try (NDManager manager = Torch.manager(Device.cpu())) {
                from = Checkpoint.read(file, digest, learner.state(), manager);
            }
            learner.resume(from.steps());
            listener.note("continuing after step " + from.steps() + " of " + schedule.steps());
        }
        long began = System.nanoTime();
        double before = from.seconds();
        try (TrainingLog log = TrainingLog.open(log(), from.steps() == 0 ? -1 : from.steps())) {
            List<Map<String, Double>> sinceLine = new ArrayList<>();
            Map<String, Double> latest = new LinkedHashMap<>();
            for (long step = from.steps(); step < schedule.steps(); ) {
                sinceLine.add(learner.step(step));
                step++;
                double seconds = before + (System.nanoTime() - began) / 1e9;
                boolean last = step == schedule.steps();
                boolean line = step % schedule.logEvery() == 0 || last;
                if (line) {
                    Map<String, Double> means = Means.of(sinceLine);
                    sinceLine.clear();
                    log.append(new TrainingLog.Entry(step, "train", seconds, means));
                    latest.putAll(means);
                }
                if (step % schedule.validateEvery() == 0 || last) {
                    Map<String, Double> values = learner.validate();
                    log.append(new TrainingLog.Entry(step, "validation", seconds, values));
                    values.forEach((name, value) -> latest.put("validation " + name, value));
                }
                boolean stopping = line && stop.getAsBoolean();
                if (step % schedule.saveEvery() == 0 || last || stopping) {
                    new Checkpoint(step, seconds).write(file, digest, learner.state());
                    saving.save();
                }
                listener.stepped(step, schedule.steps(), latest);
                if (stopping && !last) {
                    listener.note(
                            "stopped after step " + step + " of " + schedule.steps() + "; the same command continues");
                    return false;
                }
            }
        }
        return true;
    }
}
