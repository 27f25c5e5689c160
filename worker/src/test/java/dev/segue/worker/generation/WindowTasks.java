package dev.segue.worker.generation;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.CodeBytes;
import dev.segue.contracts.record.LevelSampling;
import dev.segue.contracts.record.SampleWindow;
import dev.segue.contracts.record.SongWords;
import dev.segue.contracts.record.TrustedRecords;
import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.record.WindowTaskKind;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.PartialWindow;
import dev.segue.contracts.window.Window;
import dev.segue.contracts.window.WindowSchedule;
import dev.segue.worker.sampling.SongCodes;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Tasks as an orchestrator gives them out. */
public final class WindowTasks {
    static final SongWords WORDS = SongWords.newBuilder()
            .setArtist("Luna March")
            .setGenre("jazz")
            .setLyrics("slowly the river carries the lanterns\nout to the edge of the town")
            .setTotalSamples(22_050L * 30)
            .setOffsetSamples(0)
            .build();

    static {
        TrustedRecords.trust();
    }

    private WindowTasks() {}

    /** A window of a song, all of whose known codes and codes above exist. */
    static WindowTask.Builder of(ModelCard card, String songId, int number, Window window, SongCodes codes, long seed) {
        CodeRange condition = window.condition();
        return task(card, songId, window.level())
                .setKind(WindowTaskKind.SAMPLE)
                .setSample(sample(number, window, codes, seed)
                        .setCondition(condition == null ? null : bytes(codes.range(window.level() + 1, condition)))
                        .build());
    }

    static SampleWindow.Builder sample(int number, Window window, SongCodes codes, long seed) {
        return SampleWindow.newBuilder()
                .setWindow(number)
                .setStart(window.start())
                .setContext(bytes(codes.range(window.level(), window.context())))
                .setNewCodes(window.added().length())
                .setSampling(LevelSampling.newBuilder()
                        .setLevel(window.level())
                        .setTemperature(0.98)
                        .setTopK(40)
                        .build())
                .setSeed(seed);
    }

    /** A whole window of level 0 under codes of nothing in particular. */
    public static WindowTask wholeOfLevelZero(ModelCard card, String songId) {
        Level level = card.schedule().get(0);
        SongCodes codes =
                SongCodes.none(card.levels().size()).with(1, new int[level.context() / level.conditionFactor()]);
        Window window = WindowSchedule.windows(level, level.context(), 0, PartialWindow.FILL_TO_TOTAL)
                .get(0);
        return of(card, songId, 0, window, codes, 5).build();
    }

    /** A task without work. */
    static WindowTask.Builder task(ModelCard card, String songId, int level) {
        return task(card.name(), card.digest(), songId, level);
    }

    static WindowTask.Builder task(String model, String digest, String songId, int level) {
        return WindowTask.newBuilder()
                .setSongId(songId)
                .setModel(model)
                .setModelDigest(digest)
                .setLevel(level)
                .setAttempt(0)
                .setEmittedAt(Instant.now())
                .setWords(WORDS);
    }

    static ByteBuffer bytes(int[] codes) {
        return CodeBytes.of(codes);
    }
}
