package dev.segue.worker.generation;

import dev.segue.contracts.record.CodeBytes;
import dev.segue.contracts.record.WindowTask;
import dev.segue.worker.jukebox.labels.Labeller;
import dev.segue.worker.sampling.LyricAligner;
import java.util.Arrays;

/** Makes of an ALIGN task what the aligner takes; what contradicts the model is refused. */
final class AlignmentJobs {
    private AlignmentJobs() {}

    /**
     * The passes of a task.
     *
     * @param level of the task's model
     * @throws IllegalArgumentException if the task contradicts the model
     */
    static LyricAligner.Passes of(WindowTask task, LevelEngine level) {
        if (task.getAlign() == null) {
            throw new IllegalArgumentException("align is null but an ALIGN task must have the song's codes");
        }
        Labeller labeller = level.labeller()
                .orElseThrow(() -> new IllegalArgumentException(
                        "level " + level.level().number() + " hears no words, so that it cannot align any"));
        LyricAligner aligner = new LyricAligner(level.engine().prior(), level.level(), labeller);
        int[] codes = CodeBytes.read(task.getAlign().getCodes());
        int vocabulary = level.card().codes();
        if (codes.length == 0) {
            throw new IllegalArgumentException("codes is empty but must have all codes of the top level");
        }
        Arrays.stream(codes).filter(code -> code >= vocabulary).findFirst().ifPresent(code -> {
            throw new IllegalArgumentException("code is " + code + " but must be from 0 to " + (vocabulary - 1));
        });
        return aligner.begin(codes, labeller.label(WindowJobs.description(task.getWords())));
    }
}
