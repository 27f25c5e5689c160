package dev.segue.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.AudioSegment;
import dev.segue.contracts.record.AudioSegmentKind;
import dev.segue.contracts.record.AudioTask;
import dev.segue.contracts.record.AudioTaskKind;
import dev.segue.contracts.record.CodeBytes;
import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.CodeSegmentKind;
import dev.segue.contracts.record.DecodeRange;
import dev.segue.contracts.record.EarlierSongUse;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.LevelCodes;
import dev.segue.contracts.record.LyricsAligned;
import dev.segue.contracts.record.PrepareSong;
import dev.segue.contracts.record.PromptCodes;
import dev.segue.contracts.record.RangeStored;
import dev.segue.contracts.record.SampleWindow;
import dev.segue.contracts.record.SongComposed;
import dev.segue.contracts.record.SongPrepared;
import dev.segue.contracts.record.StoredObject;
import dev.segue.contracts.record.TaskFailure;
import dev.segue.contracts.record.WindowCodes;
import dev.segue.contracts.record.WindowRunning;
import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.record.WindowTaskKind;
import dev.segue.contracts.record.WorkTimes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Does tasks as workers do, but for the model: codes are {@link SongCodes}. Everything that a task carries is checked
 * against them.
 */
public final class ScriptedWorker {
    /** Sound prompts last so long unless a request uses less of them. */
    public static final double PROMPT_SECONDS = 0.5;

    private static final String SHA = "ab".repeat(32);

    private final ModelCard card;
    private final int promptPiece;

    public ScriptedWorker(ModelCard card, int promptPiece) {
        this.card = card;
        this.promptPiece = promptPiece;
    }

    public CodeSegment done(WindowTask task, Instant now) {
        CodeSegment.Builder answer = answer(task);
        if (task.getKind() == WindowTaskKind.ALIGN) {
            SongCodes.assertAre(
                    task.getSongId(),
                    task.getLevel(),
                    0,
                    card.codes(),
                    task.getAlign().getCodes());
            return answer.setKind(CodeSegmentKind.ALIGNED)
                    .setAligned(LyricsAligned.newBuilder()
                            .setFirstCodes(List.of(0, 1))
                            .setEndCodes(List.of(1, 2))
                            .setTimes(times(task.getEmittedAt(), now))
                            .build())
                    .build();
        }
        SampleWindow window = task.getSample();
        check(task);
        int start = window.getStart() + CodeBytes.count(window.getContext());
        return answer.setKind(CodeSegmentKind.CODES)
                .setCodes(WindowCodes.newBuilder()
                        .setStart(start)
                        .setCodes(SongCodes.range(
                                task.getSongId(), task.getLevel(), start, start + window.getNewCodes(), card.codes()))
                        .setTimes(times(task.getEmittedAt(), now))
                        .build())
                .build();
    }

    private void check(WindowTask task) {
        SampleWindow window = task.getSample();
        int level = task.getLevel();
        SongCodes.assertAre(task.getSongId(), level, window.getStart(), card.codes(), window.getContext());
        if (level == card.levels().size() - 1) {
            assertThat(window.getCondition()).isNull();
        } else {
            int factor = card.schedule().get(level).conditionFactor();
            assertThat(CodeBytes.count(window.getCondition()))
                    .isEqualTo(card.levels().get(level).context() / factor);
            SongCodes.assertAre(
                    task.getSongId(), level + 1, window.getStart() / factor, card.codes(), window.getCondition());
        }
    }

    public CodeSegment running(WindowTask task, int codes) {
        return answer(task)
                .setKind(CodeSegmentKind.RUNNING)
                .setRunning(WindowRunning.newBuilder().setCodes(codes).build())
                .build();
    }

    public CodeSegment failed(WindowTask task, FailureReason reason, boolean retryable) {
        return answer(task)
                .setKind(CodeSegmentKind.FAILED)
                .setFailure(failure(reason, retryable))
                .build();
    }

    public static TaskFailure failure(FailureReason reason, boolean retryable) {
        return TaskFailure.newBuilder()
                .setReason(reason)
                .setMessage("as the script says")
                .setRetryable(retryable)
                .build();
    }

    public CodeSegment.Builder answer(WindowTask task) {
        return CodeSegment.newBuilder()
                .setSongId(task.getSongId())
                .setModelDigest(task.getModelDigest())
                .setLevel(task.getLevel())
                .setWindow(
                        task.getKind() == WindowTaskKind.ALIGN
                                ? -1
                                : task.getSample().getWindow())
                .setAttempt(task.getAttempt())
                .setWorker("worker-1");
    }

    /** Answers to a task; those to a preparation with a prompt are several. */
    public List<AudioSegment> done(AudioTask task, Instant now) {
        return switch (task.getKind()) {
            case PREPARE -> prepared(task, "preparation-" + task.getAttempt());
            case DECODE -> List.of(decoded(task, now));
            case COMPOSE -> List.of(composed(task, now));
            case UNKNOWN -> throw new AssertionError("a task of no kind");
        };
    }

    public List<AudioSegment> prepared(AudioTask task, String preparation) {
        PrepareSong prepare = task.getPrepare();
        List<AudioSegment> answers = new ArrayList<>();
        List<Integer> promptCodes = new ArrayList<>();
        for (int level = 0; level < card.levels().size(); level++) {
            int codes = promptCodes(prepare, level);
            promptCodes.add(codes);
            for (int start = 0; start < codes; start += promptPiece) {
                int end = Math.min(codes, start + promptPiece);
                answers.add(answer(task)
                        .setKind(AudioSegmentKind.PROMPT_CODES)
                        .setPromptCodes(PromptCodes.newBuilder()
                                .setPreparation(preparation)
                                .setLevel(level)
                                .setStart(start)
                                .setCodes(SongCodes.range(task.getSongId(), level, start, end, card.codes()))
                                .build())
                        .build());
            }
        }
        answers.add(answer(task)
                .setKind(AudioSegmentKind.PREPARED)
                .setPrepared(SongPrepared.newBuilder()
                        .setPreparation(preparation)
                        .setPromptCodes(promptCodes)
                        .setUnknownWords(List.of())
                        .setHeardLyrics(prepare.getWords().getLyrics())
                        .build())
                .build());
        return answers;
    }

    private int promptCodes(PrepareSong prepare, int level) {
        if (level < prepare.getFinestLevel()) {
            return 0;
        }
        int top = card.levels().size() - 1;
        long samples = 0;
        if (prepare.getEarlierSong() != null) {
            boolean upsample = prepare.getEarlierSong().getUse() == EarlierSongUse.UPSAMPLE;
            if (upsample && level < top) {
                return 0;
            }
            samples = upsample
                    ? prepare.getSampleLength()
                    : samples(prepare.getEarlierSong().getSeconds());
        } else if (prepare.getAudioPrompt() != null) {
            samples = samples(prepare.getAudioPrompt().getSeconds());
        }
        int topHop = card.levels().get(top).hop();
        return Math.toIntExact(
                samples / topHop * topHop / card.levels().get(level).hop());
    }

    private long samples(Double seconds) {
        return (long) ((seconds == null ? PROMPT_SECONDS : seconds) * card.sampleRate());
    }

    private AudioSegment decoded(AudioTask task, Instant now) {
        DecodeRange range = task.getDecode();
        SongCodes.assertAre(task.getSongId(), range.getLevel(), range.getCodesStart(), card.codes(), range.getCodes());
        assertThat(range.getCodesStart()).isLessThanOrEqualTo(range.getStart());
        assertThat(range.getCodesStart() + CodeBytes.count(range.getCodes())).isGreaterThanOrEqualTo(range.getEnd());
        range.getSeams()
                .forEach(seam -> SongCodes.assertAre(
                        task.getSongId(), range.getLevel(), seam.getAt(), card.codes(), seam.getTail()));
        int hop = card.levels().get(range.getLevel()).hop();
        return answer(task)
                .setKind(AudioSegmentKind.STORED)
                .setLevel(range.getLevel())
                .setStart(range.getStart())
                .setStored(RangeStored.newBuilder()
                        .setLevel(range.getLevel())
                        .setStart(range.getStart())
                        .setEnd(range.getEnd())
                        .setAudio(object(task.getSongId() + "/" + range.getStart() + ".flac", "audio/flac"))
                        .setCodes(object(
                                task.getSongId() + "/" + range.getStart() + ".codes", "application/octet-stream"))
                        .setSamples((long) (range.getEnd() - range.getStart()) * hop)
                        .setTimes(times(task.getEmittedAt(), now))
                        .build())
                .build();
    }

    private AudioSegment composed(AudioTask task, Instant now) {
        for (LevelCodes level : task.getCompose().getLevels()) {
            int next = 0;
            for (RangeStored range : level.getRanges()) {
                assertThat(range.getStart()).isEqualTo(next);
                next = range.getEnd();
            }
            assertThat(next).isEqualTo(level.getTotalCodes());
        }
        return answer(task)
                .setKind(AudioSegmentKind.COMPOSED)
                .setComposed(SongComposed.newBuilder()
                        .setObjects(List.of(object(task.getSongId() + "/manifest.json", "application/json")))
                        .setSamples(task.getCompose().getSampleLength())
                        .setTimes(times(task.getEmittedAt(), now))
                        .build())
                .build();
    }

    public AudioSegment failed(AudioTask task, FailureReason reason, boolean retryable) {
        AudioSegment.Builder answer =
                answer(task).setKind(AudioSegmentKind.FAILED).setFailure(failure(reason, retryable));
        return task.getKind() == AudioTaskKind.DECODE
                ? answer.setLevel(task.getDecode().getLevel())
                        .setStart(task.getDecode().getStart())
                        .build()
                : answer.build();
    }

    public AudioSegment.Builder answer(AudioTask task) {
        return AudioSegment.newBuilder()
                .setSongId(task.getSongId())
                .setModelDigest(task.getModelDigest())
                .setAttempt(task.getAttempt())
                .setWorker("assembler-1")
                .setTask(task.getKind());
    }

    private static StoredObject object(String key, String mediaType) {
        return StoredObject.newBuilder()
                .setKey("songs/" + key)
                .setMediaType(mediaType)
                .setBytes(100)
                .setSha256(SHA)
                .build();
    }

    private static WorkTimes times(Instant emitted, Instant now) {
        return WorkTimes.newBuilder()
                .setStartedAt(emitted)
                .setFinishedAt(now)
                .setQueueMillis(1)
                .setPrefillMillis(2)
                .setDecodeMillis(3)
                .build();
    }
}
