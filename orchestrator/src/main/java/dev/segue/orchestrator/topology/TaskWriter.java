package dev.segue.orchestrator.topology;

import dev.segue.contracts.record.AlignLyrics;
import dev.segue.contracts.record.AudioTask;
import dev.segue.contracts.record.AudioTaskKind;
import dev.segue.contracts.record.ComposeSong;
import dev.segue.contracts.record.DecodeRange;
import dev.segue.contracts.record.FollowingWindow;
import dev.segue.contracts.record.LevelCodes;
import dev.segue.contracts.record.PrepareSong;
import dev.segue.contracts.record.RangeStored;
import dev.segue.contracts.record.SampleWindow;
import dev.segue.contracts.record.Seam;
import dev.segue.contracts.record.SongPrepared;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.SongWords;
import dev.segue.contracts.record.UnknownWord;
import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.record.WindowTaskKind;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Window;
import dev.segue.orchestrator.plan.LevelPlan;
import dev.segue.orchestrator.plan.Piece;
import dev.segue.orchestrator.plan.PlannedRange;
import dev.segue.orchestrator.plan.PlannedSeam;
import dev.segue.orchestrator.plan.PlannedWindow;
import dev.segue.orchestrator.plan.SongPlan;
import dev.segue.orchestrator.plan.WindowRun;
import dev.segue.orchestrator.state.Catalogue;
import dev.segue.orchestrator.state.CodeStore;
import dev.segue.orchestrator.state.PlannedSong;
import dev.segue.orchestrator.state.Song;
import dev.segue.orchestrator.state.SongStore;
import dev.segue.orchestrator.state.Work;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Writes tasks: everything that a worker needs which knows nothing of the song. The same work of the same song always
 * gives the same task, but for its attempt and time.
 *
 * <p>Larger than most classes, since it is one method per kind of task and each names every field.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
final class TaskWriter {
    private final SongStore songs;
    private final CodeStore codes;
    private final Catalogue models;

    TaskWriter(SongStore songs, CodeStore codes, Catalogue models) {
        this.songs = Objects.requireNonNull(songs, "songs is null");
        this.codes = Objects.requireNonNull(codes, "codes is null");
        this.models = Objects.requireNonNull(models, "models is null");
    }

    /** A task for generation workers: {@link Work.Kind#SAMPLE} or {@link Work.Kind#ALIGN}. */
    WindowTask window(Song song, Work work, int attempt, Instant now) {
        SongPlan plan = song.plan().plan();
        boolean aligns = work.kind() == Work.Kind.ALIGN;
        return WindowTask.newBuilder()
                .setSongId(song.id())
                .setModel(plan.model())
                .setModelDigest(plan.modelDigest())
                .setLevel(work.level())
                .setAttempt(attempt)
                .setEmittedAt(now)
                .setDeadline(song.ticket().getDeadline())
                .setWords(words(song.plan(), work.level()))
                .setKind(aligns ? WindowTaskKind.ALIGN : WindowTaskKind.SAMPLE)
                .setSample(aligns ? null : sample(song, plan.level(work.level()), work.index()))
                .setAlign(aligns ? align(song, plan.level(work.level())) : null)
                .build();
    }

    /** A level that hears no lyrics is told none: they may be most of a task. */
    private static SongWords words(PlannedSong song, int level) {
        SongWords words = song.plan().words();
        boolean hears = song.card().levels().get(level).prior().lyrics() != null;
        return hears ? words : SongWords.newBuilder(words).setLyrics("").build();
    }

    /** Everything that is given out of the window's segment, so that another try holds what is left of the first. */
    private SampleWindow sample(Song song, LevelPlan level, int number) {
        WindowRun run = song.progress()
                .run(level.number(), number)
                .filter(out -> out.first().number() == number)
                .orElseThrow(() -> new IllegalStateException("window " + number + " of level " + level.number()
                        + " of song " + song.id() + " is not the next one that is given out"));
        PlannedWindow planned = run.first();
        Window window = planned.window();
        return SampleWindow.newBuilder()
                .setWindow(number)
                .setStart(window.start())
                .setContext(read(song, level.number(), level.context(planned)))
                .setNewCodes(planned.newCodes())
                .setCondition(condition(song, window))
                .setSampling(song.plan().plan().sampling(level.number()))
                .setSeed(song.plan().plan().seed())
                .setFollowing(run.following().stream()
                        .map(next -> following(song, next))
                        .toList())
                .build();
    }

    private FollowingWindow following(Song song, PlannedWindow planned) {
        return FollowingWindow.newBuilder()
                .setWindow(planned.number())
                .setStart(planned.window().start())
                .setNewCodes(planned.newCodes())
                .setCondition(condition(song, planned.window()))
                .build();
    }

    private ByteBuffer condition(Song song, Window window) {
        return window.condition() == null ? null : canonical(song, window.level() + 1, window.condition());
    }

    private AlignLyrics align(Song song, LevelPlan level) {
        return AlignLyrics.newBuilder()
                .setCodes(canonical(song, level.number(), new CodeRange(0, level.totalCodes())))
                .build();
    }

    /** A task for assembly workers. */
    AudioTask audio(Song song, Work work, int attempt, Instant now) {
        AudioTask.Builder task = AudioTask.newBuilder()
                .setSongId(song.id())
                .setModel(song.ticket().getModel())
                .setModelDigest(song.ticket().getModelDigest())
                .setAttempt(attempt)
                .setEmittedAt(now)
                .setDeadline(song.ticket().getDeadline());
        return switch (work.kind()) {
            case PREPARE ->
                task.setKind(AudioTaskKind.PREPARE).setPrepare(prepare(song)).build();
            case DECODE ->
                task.setKind(AudioTaskKind.DECODE).setDecode(decode(song, work)).build();
            case COMPOSE ->
                task.setKind(AudioTaskKind.COMPOSE).setCompose(compose(song)).build();
            case SAMPLE, ALIGN ->
                throw new IllegalArgumentException(work.describe() + " is no work for assembly workers");
        };
    }

    private PrepareSong prepare(Song song) {
        SongRequest request = songs.request(song.id());
        var card = models.card(song.ticket().getModelDigest());
        return PrepareSong.newBuilder()
                .setWords(SongPlan.words(request, card))
                .setSampleLength(SongPlan.sampleLength(request, card))
                .setFinestLevel(request.getFinestLevel())
                .setAudioPrompt(request.getAudioPrompt())
                .setEarlierSong(request.getEarlierSong())
                .build();
    }

    private DecodeRange decode(Song song, Work work) {
        PlannedSong planned = song.plan();
        PlannedRange range = planned.ranges().ranges().get(song.rangeNumber(work.level(), work.index()));
        LevelPlan level = planned.plan().level(work.level());
        return DecodeRange.newBuilder()
                .setLevel(work.level())
                .setStart(range.range().start())
                .setEnd(range.range().end())
                .setTotalCodes(level.totalCodes())
                .setCodesStart(range.codes().start())
                .setCodes(canonical(song, work.level(), range.codes()))
                .setSeams(range.seams().stream()
                        .map(seam -> seam(song, level, seam))
                        .toList())
                .setSampleDepth(planned.request().getSampleDepth())
                .build();
    }

    private Seam seam(Song song, LevelPlan level, PlannedSeam seam) {
        return Seam.newBuilder()
                .setAt(seam.at())
                .setTail(read(song, level.number(), level.tail(seam)))
                .build();
    }

    private ComposeSong compose(Song song) {
        PlannedSong planned = song.plan();
        SongPlan plan = planned.plan();
        List<RangeStored> ranges = songs.ranges(song.id());
        List<UnknownWord> unknown =
                songs.prepared(song.id()).map(SongPrepared::getUnknownWords).orElse(List.of());
        return ComposeSong.newBuilder()
                .setRequest(planned.request())
                .setSeed(plan.seed())
                .setWords(plan.words())
                .setSampleLength(plan.sampleLength())
                .setLevels(plan.levels().stream()
                        .map(level -> level(level, ranges))
                        .toList())
                .setLyrics(songs.aligned(song.id()).orElse(null))
                .setUnknownWords(unknown)
                .setRequestedAt(song.ticket().getRequestedAt())
                .setAdmittedAt(song.position().getAdmittedAt())
                .setTimeline(songs.timeline(song.id()))
                .setDuplicates(song.position().getDuplicates())
                .build();
    }

    private static LevelCodes level(LevelPlan level, List<RangeStored> ranges) {
        return LevelCodes.newBuilder()
                .setLevel(level.number())
                .setTotalCodes(level.totalCodes())
                .setPromptCodes(level.promptCodes())
                .setRanges(ranges.stream()
                        .filter(range -> range.getLevel() == level.number())
                        .toList())
                .setSeams(level.seams().stream().map(PlannedSeam::at).toList())
                .build();
    }

    private ByteBuffer canonical(Song song, int level, CodeRange range) {
        return read(song, level, song.plan().plan().level(level).canonical(range));
    }

    private ByteBuffer read(Song song, int level, List<Piece> pieces) {
        return codes.codes(song.id(), song.position().getPreparation(), level, pieces);
    }
}
