package dev.segue.contracts.record;

import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** One record of every kind that crosses a topic, with every field filled. */
public final class Examples {
    private static final Instant THEN = Instant.parse("2026-11-23T12:00:00Z");
    private static final String SONG = "harbour-lights-7";
    private static final String MODEL = "untrained";
    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final SongWords WORDS =
            new SongWords("Luna March", "blues rock", "Lights over water\n", 441000L, 0L);
    private static final WorkTimes TIMES = new WorkTimes(THEN.plusMillis(40), THEN.plusMillis(900), 40L, 60L, 800L);
    private static final StoredObject OBJECT =
            new StoredObject("songs/harbour-lights-7/level-2/0-512.flac", "audio/flac", 4096L, DIGEST);
    private static final UnknownWord UNKNOWN = new UnknownWord(2, "artist", "luna_march");
    private static final RangeStored STORED = new RangeStored(2, 0, 512, OBJECT, OBJECT, 65536L, TIMES);
    private static final LyricsAligned LYRICS = new LyricsAligned(List.of(0, 3, -1), List.of(3, 7, -1), TIMES);
    private static final RequestProblem PROBLEM = new RequestProblem(
            "durationSeconds", "0.0", "must be more than 0", "ask for a longer song", "durationSeconds is 0.0.");
    private static final TaskFailure FAILURE = new TaskFailure(FailureReason.STORAGE, "no answer", true);
    private static final SongProgress PROGRESS = new SongProgress(
            SongStage.SAMPLING,
            List.of(new LevelProgress(2, 100, 861, 10, 5, 1, 128, List.of(new SegmentProgress(0, 861, 100)))),
            3,
            12.5);

    private Examples() {}

    /** All of them. */
    public static List<SpecificRecord> all() {
        return List.of(
                request(),
                new SongCommand(SONG, SongCommandKind.CANCEL, "changed my mind"),
                new ModelRegistration(MODEL, DIGEST, "{}", List.of("Luna March"), List.of("blues", "rock")),
                windowTask(),
                codeSegment(),
                audioTask(),
                audioSegment(),
                new StoppedSong(SONG, StopReason.CANCELLED, THEN),
                event());
    }

    private static SongRequest request() {
        return SongRequest.newBuilder()
                .setSongId(SONG)
                .setModel(MODEL)
                .setArtist("Luna March")
                .setGenres(List.of("blues", "rock"))
                .setLyrics("Lights over water\n")
                .setDurationSeconds(20)
                .setTotalDurationSeconds(60.0)
                .setOffsetSeconds(5)
                .setSeed(7L)
                .setSampling(List.of(new LevelSampling(2, 0.98, 0, 0.9)))
                .setAudioPrompt(new AudioPrompt("prompts/humming.wav", 4.0))
                .setEarlierSong(new EarlierSong("harbour-lights-6", EarlierSongUse.CONTINUE, 10.0))
                .setFinestLevel(1)
                .setParallelSegments(2)
                .setPriority(10)
                .setDeadline(THEN.plusSeconds(3600))
                .setFormats(List.of(AudioFormat.FLAC, AudioFormat.WAV))
                .setSampleDepth(SampleDepth.PCM24)
                .setTenant("studio-a")
                .setCallbackUrl("https://studio-a.example/songs")
                .build();
    }

    private static WindowTask windowTask() {
        SampleWindow window = new SampleWindow(
                3,
                1536,
                CodeBytes.of(1, 2, 3),
                509,
                CodeBytes.of(4, 65535),
                new LevelSampling(1, 0.99, 40, 0.0),
                7L,
                List.of(new FollowingWindow(4, 1792, 256, CodeBytes.of(65535, 4))));
        return WindowTask.newBuilder()
                .setSongId(SONG)
                .setModel(MODEL)
                .setModelDigest(DIGEST)
                .setLevel(1)
                .setAttempt(1)
                .setEmittedAt(THEN)
                .setDeadline(THEN.plusSeconds(3600))
                .setWords(WORDS)
                .setKind(WindowTaskKind.SAMPLE)
                .setSample(window)
                .setAlign(new AlignLyrics(CodeBytes.of(9, 8)))
                .build();
    }

    private static CodeSegment codeSegment() {
        return CodeSegment.newBuilder()
                .setSongId(SONG)
                .setModelDigest(DIGEST)
                .setLevel(1)
                .setWindow(3)
                .setAttempt(1)
                .setWorker("worker-1")
                .setKind(CodeSegmentKind.CODES)
                .setCodes(new WindowCodes(1539, CodeBytes.of(5, 6, 7), TIMES))
                .setRunning(new WindowRunning(64))
                .setAligned(LYRICS)
                .setFailure(FAILURE)
                .build();
    }

    private static AudioTask audioTask() {
        PrepareSong prepare = PrepareSong.newBuilder()
                .setWords(WORDS)
                .setSampleLength(441000)
                .setFinestLevel(0)
                .setAudioPrompt(new AudioPrompt("s3://elsewhere/humming.flac", null))
                .setEarlierSong(new EarlierSong("harbour-lights-6", EarlierSongUse.UPSAMPLE, null))
                .build();
        DecodeRange decode = new DecodeRange(
                0,
                512,
                1024,
                8192,
                500,
                CodeBytes.of(1, 2),
                List.of(new Seam(600, CodeBytes.of(3))),
                SampleDepth.PCM16);
        TimelineEntry entry = new TimelineEntry("sample", 2, 0, 448, THEN, THEN, THEN, THEN, 20L, 0, "worker-1");
        ComposeSong compose = ComposeSong.newBuilder()
                .setRequest(request())
                .setSeed(7)
                .setWords(WORDS)
                .setSampleLength(441000)
                .setLevels(List.of(new LevelCodes(2, 861, 10, List.of(STORED), List.of(430))))
                .setLyrics(LYRICS)
                .setUnknownWords(List.of(UNKNOWN))
                .setRequestedAt(THEN)
                .setAdmittedAt(THEN.plusSeconds(1))
                .setTimeline(List.of(entry))
                .setDuplicates(1)
                .build();
        return AudioTask.newBuilder()
                .setSongId(SONG)
                .setModel(MODEL)
                .setModelDigest(DIGEST)
                .setAttempt(0)
                .setEmittedAt(THEN)
                .setDeadline(THEN.plusSeconds(3600))
                .setKind(AudioTaskKind.COMPOSE)
                .setPrepare(prepare)
                .setDecode(decode)
                .setCompose(compose)
                .build();
    }

    private static AudioSegment audioSegment() {
        return AudioSegment.newBuilder()
                .setSongId(SONG)
                .setModelDigest(DIGEST)
                .setAttempt(0)
                .setWorker("worker-2")
                .setTask(AudioTaskKind.DECODE)
                .setLevel(2)
                .setStart(0)
                .setKind(AudioSegmentKind.STORED)
                .setPromptCodes(new PromptCodes("preparation-1", 2, 0, CodeBytes.of(1, 2)))
                .setPrepared(new SongPrepared("preparation-1", List.of(160, 40, 10), List.of(UNKNOWN), "lights"))
                .setProblem(PROBLEM)
                .setStored(STORED)
                .setComposed(new SongComposed(List.of(OBJECT), 441000L, TIMES))
                .setFailure(FAILURE)
                .build();
    }

    private static SongEvent event() {
        return SongEvent.newBuilder()
                .setSongId(SONG)
                .setTenant("studio-a")
                .setSequence(4)
                .setAt(THEN)
                .setKind(SongEventKind.ACCEPTED)
                .setAccepted(new SongAccepted(MODEL, DIGEST, 7L, 441000L, 22050, List.of(UNKNOWN), "lights"))
                .setProblem(PROBLEM)
                .setProgress(PROGRESS)
                .setAudioReady(new AudioReady(2, 0L, 65536L, 22050, OBJECT))
                .setCompleted(new SongCompleted(List.of(OBJECT), 441000L, 21000L, 7L))
                .setFailed(new SongFailed(FailureReason.NOT_A_NUMBER, "logits are no numbers", "level 2, window 0", 3))
                .setReason("changed my mind")
                .setMoreProblems(List.of(PROBLEM))
                .setCallbackUrl("https://studio-a.example/songs")
                .setRequest(request())
                .build();
    }
}
