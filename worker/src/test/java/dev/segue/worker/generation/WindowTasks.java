package dev.segue.worker.generation;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.CodeBytes;
import dev.segue.contracts.record.LevelSampling;
import dev.segue.contracts.record.SampleWindow;
import dev.segue.contracts.record.SongWords;
import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.record.WindowTaskKind;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Window;
import dev.segue.worker.sampling.SongCodes;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Tasks as an orchestrator gives them out. */
final class WindowTasks {
    static final SongWords WORDS = SongWords.newBuilder()
            .setArtist("Luna March")
            .setGenre("jazz")
            .setLyrics("slowly the river carries the lanterns\nout to the edge of the town")
            .setTotalSamples(22_050L * 30)
            .setOffsetSamples(0)
            .build();

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

    /** A task without work. */
    static WindowTask.Builder task(ModelCard card, String songId, int level) {
        return WindowTask.newBuilder()
                .setSongId(songId)
                .setModel(card.name())
                .setModelDigest(card.digest())
                .setLevel(level)
                .setAttempt(0)
                .setEmittedAt(Instant.now())
                .setWords(WORDS);
    }

    static ByteBuffer bytes(int[] codes) {
        return CodeBytes.of(codes);
    }
}
