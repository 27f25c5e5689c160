package dev.segue.standalone.request;

import dev.segue.contracts.record.SampleDepth;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.TrustedRecords;
import dev.segue.worker.jukebox.DemoModel;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A song as the command line asks for it: an option for each field of a request. Whether it can be served is for the
 * orchestrator to say. Larger than most classes, since a request has so many fields.
 */
public final class SongOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "The song's id: up to 64 of a-z, 0-9 and dash. Default: made from artist, genre and time.")
    private String id;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = DemoModel.NAME,
            description = "Which model sings, see segue models; untrained has small random weights that make noise."
                    + " Default: demo.")
    private String model;

    @Option(
            names = "--artist",
            paramLabel = "NAME",
            description = "Whom it is to sound like. Default: for the demo, one that it knows.")
    private String artist;

    @Option(
            names = "--genre",
            paramLabel = "NAME",
            description =
                    "What it is to sound like; may be given repeatedly. Default: for the demo, one that it knows.")
    private List<String> genres = List.of();

    @Option(
            names = "--lyrics",
            paramLabel = "FILE",
            description = "Text file, in UTF-8, with what is sung. Default: for the demo, a few lines.")
    private Path lyrics;

    @Option(names = "--seconds", paramLabel = "S", defaultValue = "20", description = "Length. Default: 20.")
    private double seconds;

    @Option(
            names = "--total-seconds",
            paramLabel = "S",
            description = "Length of the song that it is part of, which the model is told. Default: its own.")
    private Double totalSeconds;

    @Option(
            names = "--offset-seconds",
            paramLabel = "S",
            defaultValue = "0",
            description = "Where in that song it begins. Default: 0.")
    private double offsetSeconds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What codes are drawn with: the same seed makes the same song. Default: from the id.")
    private Long seed;

    @Mixin
    private SamplingOptions sampling;

    @Mixin
    private BeginningOptions beginning;

    @Option(
            names = "--finest-level",
            paramLabel = "N",
            defaultValue = "0",
            description = "0 for the whole sound, the top level's number for the coarse one only. Default: 0.")
    private int finestLevel;

    @Option(
            names = "--parallel-segments",
            paramLabel = "N",
            defaultValue = "1",
            description = "Cut finer levels into so many independent segments, so that more workers can make one song."
                    + " Default: 1.")
    private int parallelSegments;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            split = ",",
            description = "flac, wav or both, separated by a comma. Default: both.")
    private List<SoundFormat> formats = List.of();

    @Option(
            names = "--depth",
            paramLabel = "BITS",
            defaultValue = "16",
            converter = DepthConverter.class,
            description = "Bits of a sample: 16 or 24. Default: 16.")
    private int depth;

    @Option(
            names = "--priority",
            paramLabel = "N",
            defaultValue = "0",
            description = "Songs of a higher one start first; from -100 to 100. Default: 0.")
    private int priority;

    @Option(
            names = "--deadline",
            paramLabel = "WHEN",
            converter = DeadlineConverter.class,
            description = "When the song is of no more use: seconds from now, or a time such as 2027-01-31T18:00:00Z."
                    + " Default: never.")
    private Instant deadline;

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "On whose behalf; tenants share the workers evenly. Default: default.")
    private String tenant;

    @Option(
            names = "--callback-url",
            paramLabel = "URL",
            description = "An http or https address that is told what happens to the song. Default: none.")
    private String callbackUrl;

    /** Tells how many levels a model has, where that has to be known. */
    @FunctionalInterface
    public interface LevelCount {
        /** The number; asked for only where options speak of all levels. */
        int get() throws IOException;
    }

    /** Whether the id was chosen by whoever asks, so that its files may be there already. */
    public boolean namesTheSong() {
        return id != null;
    }

    /** The model that is asked for. */
    public String model() {
        return model;
    }

    /** The local file that the song begins with; empty if there is none, or it lies in a store already. */
    public Optional<Path> localPrompt() {
        return beginning.localPrompt();
    }

    /**
     * The request; what was chosen for it is said on the terminal.
     *
     * @param clock tells the time that an id is made from
     * @param levels how many levels the model has
     * @param prompt where the local prompt was put; null if there is none
     * @throws ParameterException if the lyrics cannot be read
     */
    public SongRequest request(Clock clock, LevelCount levels, String prompt) throws IOException {
        TrustedRecords.trust();
        Words words = Words.of(model, Optional.ofNullable(artist), genres, lyrics());
        words.choice().ifPresent(spec.commandLine().getErr()::println);
        return SongRequest.newBuilder()
                .setSongId(id == null ? SongIds.of(words.artist(), words.genres(), clock.instant()) : id)
                .setModel(model)
                .setArtist(words.artist())
                .setGenres(words.genres())
                .setLyrics(words.lyrics())
                .setDurationSeconds(seconds)
                .setTotalDurationSeconds(totalSeconds)
                .setOffsetSeconds(offsetSeconds)
                .setSeed(seed)
                .setSampling(sampling.sampling(levels))
                .setAudioPrompt(beginning.audioPrompt(prompt))
                .setEarlierSong(beginning.earlierSong())
                .setFinestLevel(finestLevel)
                .setParallelSegments(parallelSegments)
                .setPriority(priority)
                .setDeadline(deadline)
                .setFormats(formats.stream().map(SoundFormat::format).toList())
                .setSampleDepth(depth == 16 ? SampleDepth.PCM16 : SampleDepth.PCM24)
                .setTenant(tenant)
                .setCallbackUrl(callbackUrl)
                .build();
    }

    private Optional<String> lyrics() throws IOException {
        if (lyrics == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(lyrics, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new ParameterException(
                    spec.commandLine(), "--lyrics is " + lyrics + ", but there is no such file; name a text file", e);
        } catch (CharacterCodingException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--lyrics is " + lyrics + ", but it must be text in UTF-8; save it so, or name another file",
                    e);
        }
    }
}
