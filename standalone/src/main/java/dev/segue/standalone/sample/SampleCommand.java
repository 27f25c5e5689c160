package dev.segue.standalone.sample;

import ai.djl.Device;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.request.RejectedException;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.PartialWindow;
import dev.segue.contracts.window.WindowSchedule;
import dev.segue.standalone.models.Home;
import dev.segue.standalone.models.InstalledModel;
import dev.segue.standalone.models.NameList;
import dev.segue.standalone.request.Words;
import dev.segue.standalone.terminal.ProgressLine;
import dev.segue.worker.audio.SampleDepth;
import dev.segue.worker.codes.CodesFile;
import dev.segue.worker.codes.SoundCodes;
import dev.segue.worker.jukebox.ChunkedDecoder;
import dev.segue.worker.jukebox.DemoModel;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.jukebox.VqVae;
import dev.segue.worker.jukebox.labels.KnownNames;
import dev.segue.worker.jukebox.labels.Labels;
import dev.segue.worker.jukebox.labels.ModelLabeller;
import dev.segue.worker.jukebox.labels.SongDescription;
import dev.segue.worker.sampling.LevelSampler;
import dev.segue.worker.sampling.Sampling;
import dev.segue.worker.sampling.SlotEngine;
import dev.segue.worker.sampling.SongCodes;
import dev.segue.worker.sampling.SongSampler;
import dev.segue.worker.sound.SoundReader;
import dev.segue.worker.sound.SoundTags;
import dev.segue.worker.sound.WavWriter;
import dev.segue.worker.torch.Torch;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code segue sample}: one song in this process, from words to a sound file, in any of the four modes. Longer than other
 * commands because it is the one place where every part of the model meets.
 */
@Command(name = "sample", description = "Make one song in this process: a WAV file, and its codes.")
public final class SampleCommand implements Callable<Integer> {
    @Option(
            names = "--model",
            defaultValue = DemoModel.NAME,
            description = "Which model sings, see segue models; untrained has small random weights that make noise."
                    + " Default: demo.")
    String model;

    @Option(names = "--artist", description = "Who it is to sound like. Default: for the demo, one that it knows.")
    String artist;

    @Option(names = "--genre", description = "What it is to sound like. Default: for the demo, one that it knows.")
    String genre;

    @Option(names = "--lyrics", description = "Text file with what is sung. Default: for the demo, a few lines.")
    Path lyrics;

    @Option(names = "--seconds", defaultValue = "20", description = "Length. Default: 20.")
    double seconds;

    @Option(
            names = "--total-seconds",
            description =
                    "Length of the song that it is part of. Default: --seconds, or the least that the model knows.")
    Double totalSeconds;

    @Option(names = "--seed", defaultValue = "0", description = "What codes are drawn with. Default: 0.")
    long seed;

    @Option(names = "--temperature", description = "At all levels. Default: the model's own at each.")
    Double temperature;

    @Option(names = "--top-k", defaultValue = "0", description = "Draw from so many codes only. Default: 0, from all.")
    int topK;

    @Option(names = "--top-p", defaultValue = "0", description = "Draw from this probability only. Default: 0, all.")
    double topP;

    @ArgGroup
    Beginning beginning = new Beginning();

    @Option(names = "--prompt-seconds", description = "Use only the beginning of what --prompt or --continue gives.")
    Double promptSeconds;

    @Option(
            names = "--precision",
            defaultValue = "FLOAT32",
            description = "FLOAT32, FLOAT16_WEIGHTS, BFLOAT16 or FLOAT16. Default: FLOAT32.")
    Precision precision;

    @Option(names = "--device", defaultValue = "cpu", description = "cpu or gpu. Default: cpu.")
    String device;

    @Option(names = "--threads", description = "Threads of one operation. Default: as many as there are cores.")
    Integer threads;

    @Option(
            names = "--out",
            defaultValue = "song.wav",
            description = "Sound file; codes go beside it. Default: song.wav.")
    Path out;

    @Mixin
    Home home;

    @Spec
    CommandSpec spec;

    /** What exists of the song before. */
    static final class Beginning {
        @Option(names = "--prompt", description = "WAV or FLAC file, of any rate, that the song begins with.")
        Path prompt;

        @Option(
                names = "--continue",
                description = "Codes of a song that goes on: a .safetensors of ours or a data.pth.tar.")
        Path continued;

        @Option(names = "--upsample", description = "Codes of a song whose top level is kept.")
        Path upsampled;
    }

    private List<Sampling> sampling(ModelCard card) {
        return card.levels().stream()
                .map(level -> new Sampling(temperature == null ? level.temperature() : temperature, topK, topP))
                .toList();
    }

    @Override
    public Integer call() throws IOException {
        Torch.setThreads(threads == null ? Runtime.getRuntime().availableProcessors() : threads);
        ModelFolder folder = InstalledModel.open(home, "--model", model);
        ModelCard card = folder.card();
        List<Sampling> sampling = sampling(card);
        List<Level> schedule = card.schedule();
        int top = schedule.size() - 1;
        long samples = WindowSchedule.sampleLength(
                seconds, card.sampleRate(), schedule.get(top).hop());
        SongDescription song = description(card, samples);
        ModelLabeller labeller = folder.labeller();
        report(labeller, song, folder.names());
        try (VqVae vqVae = folder.vqVae(place())) {
            SongCodes codes = existing(card, vqVae, schedule);
            requireRoom(codes, schedule.get(top), samples);
            int from = beginning.upsampled == null ? top : top - 1;
            refuse(labeller, song, schedule.subList(0, from + 1), samples, codes);
            for (int level = from; level >= 0; level--) {
                codes = sample(folder, labeller, sampling.get(level), song, samples, codes, schedule.get(level));
            }
            float[] sound = new ChunkedDecoder(vqVae.level(0))
                    .decode(
                            Arrays.stream(codes.level(0)).asLongStream().toArray(),
                            new CodeRange(0, codes.length(0)),
                            codes.length(0));
            write(sound, card, song);
            Path codesFile = Path.of(out.toString().replaceFirst("\\.wav$", "") + ".codes.safetensors");
            CodesFile.write(codesFile, codes);
            print(
                    "%s: %.1f s of sound, made by the model %s; its codes: %s%n",
                    out, sound.length / (double) card.sampleRate(), card.name(), codesFile);
        }
        return 0;
    }

    private void write(float[] sound, ModelCard card, SongDescription song) throws IOException {
        SoundTags tags = new SoundTags("", song.artist(), song.genre(), card.name(), "");
        try (WavWriter file = WavWriter.create(out, card.sampleRate(), SampleDepth.BITS_16, sound.length, tags)) {
            file.write(sound, sound.length);
            file.finish();
        }
    }

    private Device place() {
        return switch (device) {
            case "cpu" -> Device.cpu();
            case "gpu" -> Device.gpu();
            default -> throw new IllegalArgumentException("--device is " + device + " but must be cpu or gpu");
        };
    }

    private SongDescription description(ModelCard card, long samples) throws IOException {
        Words words = Words.of(
                model,
                Optional.ofNullable(artist),
                genre == null ? List.of() : List.of(genre),
                lyrics == null ? Optional.empty() : Optional.of(Files.readString(lyrics, StandardCharsets.UTF_8)));
        words.choice().ifPresent(choice -> print("%s%n", choice));
        double least = card.levels().stream()
                .map(level -> level.prior().timing())
                .filter(Objects::nonNull)
                .mapToDouble(timing -> timing.minSeconds())
                .max()
                .orElse(0);
        long total = totalSeconds == null
                ? Math.max(samples, (long) Math.ceil(least * card.sampleRate()))
                : (long) (totalSeconds * card.sampleRate());
        return new SongDescription(words.artist(), String.join(" ", words.genres()), words.lyrics(), total, 0);
    }

    private void report(ModelLabeller labeller, SongDescription song, KnownNames known) {
        labeller.label(song).stream()
                .flatMap(labels -> labels.map(Labels::unknown).orElse(List.of()).stream())
                .collect(Collectors.groupingBy(
                        name -> name.kind().toString().toLowerCase(Locale.ROOT) + " \"" + name.name() + "\"",
                        TreeMap::new,
                        Collectors.mapping(name -> "level " + name.level(), Collectors.joining(", "))))
                .forEach((name, levels) -> print(
                        "%s is unknown to %s, which hear an unknown one; the model knows %s%n",
                        name,
                        levels,
                        NameList.ofField(name.substring(0, name.indexOf(' ')), known)
                                .orElse("none")));
    }

    private SongCodes existing(ModelCard card, VqVae vqVae, List<Level> schedule) throws IOException {
        List<Integer> hops = schedule.stream().map(Level::hop).toList();
        SongCodes codes = SongCodes.none(hops.size());
        if (beginning.prompt != null) {
            try (SoundReader prompt = SoundReader.open(beginning.prompt, card.sampleRate())) {
                codes = SoundCodes.of(prompt, vqVae);
            }
        } else if (beginning.continued != null) {
            codes = CodesFile.read(beginning.continued, hops.size());
        } else if (beginning.upsampled != null) {
            return CodesFile.read(beginning.upsampled, hops.size()).topOnly();
        }
        if (promptSeconds == null) {
            return codes;
        }
        int topHop = hops.get(hops.size() - 1);
        return codes.first(WindowSchedule.sampleLength(promptSeconds, card.sampleRate(), topHop), hops);
    }

    /** A song that goes on must be longer than what it begins with, and one that is upsampled as long as its top level. */
    private void requireRoom(SongCodes codes, Level top, long samples) {
        int existing = codes.length(top.number());
        int asked = top.codes(samples);
        if (beginning.upsampled == null ? existing > asked : existing < asked) {
            throw new IllegalArgumentException("--seconds is " + seconds + ", " + asked
                    + " codes of the top level, but what the song begins with has " + existing + "; "
                    + (beginning.upsampled == null
                            ? "ask for a longer song or cut the beginning with --prompt-seconds"
                            : "ask for a shorter song"));
        }
    }

    private static void refuse(
            ModelLabeller labeller, SongDescription song, List<Level> levels, long samples, SongCodes codes) {
        WindowSchedule.check(levels, samples)
                .or(() -> labeller.check(
                        song,
                        levels.stream()
                                .flatMap(level -> WindowSchedule.windows(
                                        level,
                                        level.codes(samples),
                                        codes.length(level.number()),
                                        PartialWindow.FILL_TO_TOTAL)
                                        .stream())
                                .toList()))
                .ifPresent(rejection -> {
                    throw new RejectedException(rejection);
                });
    }

    private SongCodes sample(
            ModelFolder folder,
            ModelLabeller labeller,
            Sampling sampling,
            SongDescription song,
            long samples,
            SongCodes codes,
            Level level)
            throws IOException {
        int number = level.number();
        try (SlotEngine engine = new SlotEngine(folder.prior(number, place(), precision), 1)) {
            List<LevelSampler> levels = new ArrayList<>(Collections.nCopies(number + 1, null));
            levels.set(
                    number,
                    new LevelSampler(level, engine, labeller.level(number).orElse(null), sampling));
            Progress progress = new Progress(
                    ProgressLine.on(spec.commandLine().getErr()), number, level.codes(samples), codes.length(number));
            SongCodes sampled = new SongSampler(levels, PartialWindow.FILL_TO_TOTAL)
                    .sample(List.of(new SongSampler.Song(song, seed, codes)), samples, List.of(number), progress)
                    .get(0);
            progress.end();
            return sampled;
        }
    }

    private void print(String format, Object... values) {
        PrintWriter writer = spec.commandLine().getOut();
        writer.printf(Locale.ROOT, format, values);
        writer.flush();
    }
}
