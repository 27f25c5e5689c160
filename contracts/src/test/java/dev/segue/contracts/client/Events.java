package dev.segue.contracts.client;

import dev.segue.contracts.record.AudioReady;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.LevelProgress;
import dev.segue.contracts.record.RequestProblem;
import dev.segue.contracts.record.SongAccepted;
import dev.segue.contracts.record.SongCompleted;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongFailed;
import dev.segue.contracts.record.SongProgress;
import dev.segue.contracts.record.SongStage;
import dev.segue.contracts.record.StoredObject;
import dev.segue.contracts.record.TrustedRecords;
import dev.segue.contracts.record.UnknownWord;
import java.time.Instant;
import java.util.List;

/** Events of one song as an orchestrator would write them, a second apart. */
public final class Events {
    public static final String SONG = "blue-song";
    public static final Instant START = Instant.parse("2026-11-23T18:00:00Z");

    static {
        TrustedRecords.trust();
    }

    private long seconds;

    private SongEvent.Builder event(SongEventKind kind) {
        return SongEvent.newBuilder()
                .setSongId(SONG)
                .setTenant("default")
                .setSequence(seconds + 1)
                .setAt(START.plusSeconds(seconds++))
                .setKind(kind);
    }

    public SongEvent received() {
        return event(SongEventKind.RECEIVED)
                .setProgress(new SongProgress(SongStage.PREPARING, List.of(), null, null))
                .build();
    }

    public SongEvent accepted(UnknownWord... unknown) {
        return event(SongEventKind.ACCEPTED)
                .setAccepted(new SongAccepted("untrained", "0".repeat(64), 7L, 441_000L, 22_050, List.of(unknown), ""))
                .setProgress(new SongProgress(SongStage.QUEUED, levels(0, 0), 2, null))
                .build();
    }

    public SongEvent progress(int bottom, int top) {
        return event(SongEventKind.PROGRESS)
                .setProgress(new SongProgress(SongStage.SAMPLING, levels(bottom, top), null, 12.5))
                .build();
    }

    private static List<LevelProgress> levels(int bottom, int top) {
        return List.of(
                new LevelProgress(0, bottom, 1600, 0, 4, 0, 8, List.of()),
                new LevelProgress(2, top, 100, 20, 2, 0, 128, List.of()));
    }

    public SongEvent audio(int level) {
        return event(SongEventKind.AUDIO_READY)
                .setAudioReady(new AudioReady(level, 0L, 22_050L, 22_050, object("level-" + level + "/0-100.flac")))
                .build();
    }

    public static StoredObject object(String name) {
        return new StoredObject("songs/" + SONG + "/" + name, "audio/flac", 4L, "ab".repeat(32));
    }

    public SongEvent rejected() {
        return event(SongEventKind.REJECTED).setProblem(problem()).build();
    }

    public SongEvent refused() {
        return event(SongEventKind.REFUSED).setProblem(problem()).build();
    }

    private static RequestProblem problem() {
        return new RequestProblem("model", "nobody", "must be published", "publish it", "model is nobody.");
    }

    public SongEvent repeated(SongStage stage) {
        return event(SongEventKind.REPEATED)
                .setProgress(new SongProgress(stage, levels(1600, 100), null, null))
                .build();
    }

    public SongEvent completed() {
        return event(SongEventKind.COMPLETED)
                .setCompleted(new SongCompleted(List.of(object("song.flac")), 441_000L, 9_500L, 7L))
                .setProgress(new SongProgress(SongStage.DONE, levels(1600, 100), null, null))
                .build();
    }

    public SongEvent failed() {
        return event(SongEventKind.FAILED)
                .setFailed(new SongFailed(FailureReason.OUT_OF_MEMORY, "too little memory", "level 0, window 3", 3))
                .build();
    }

    public SongEvent ended(SongEventKind kind, String reason) {
        return event(kind).setReason(reason).build();
    }
}
