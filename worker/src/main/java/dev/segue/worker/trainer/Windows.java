package dev.segue.worker.trainer;

import dev.segue.contracts.model.ModelShape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.worker.jukebox.labels.Labeller;
import dev.segue.worker.jukebox.labels.Labels;
import dev.segue.worker.jukebox.labels.SongDescription;
import dev.segue.worker.jukebox.labels.WindowLabels;
import dev.segue.worker.manifest.CharacterTime;
import dev.segue.worker.manifest.SongEntry;
import dev.segue.worker.training.PriorBatch;
import dev.segue.worker.training.Songbook;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Whole windows of songs as one prior learns from them: its codes, what it is conditioned on, and what is sung. Owned by
 * one thread.
 */
final class Windows {
    private static final int TOLD_LENGTH = 0;

    private final PriorShape prior;
    private final int hop;
    private final int unit;
    private final TrainedCodes codes;
    private final Songbook songbook;
    private final Optional<Labeller> labeller;
    private final List<Optional<Labels>> labels = new ArrayList<>();
    private final List<int[]> sung = new ArrayList<>();
    private int unusedTimes;

    /**
     * The windows of {@code level}.
     *
     * @param tables names of artists and genres
     * @param codes of the songs, each at least a window long
     */
    Windows(ModelShape model, int level, LabelTables tables, TrainedCodes codes) {
        this.prior = model.priors().get(level);
        this.hop = model.vqVae().hop(level);
        // A window of an upsampler begins where a code of the level above does.
        this.unit = level == model.topLevel() ? hop : model.vqVae().hop(level + 1);
        this.codes = codes;
        int window = Math.multiplyExact(prior.context(), hop);
        this.songbook = new Songbook(
                codes.songs().stream().map(TrainedCodes.Song::samples).toList(), window);
        this.labeller =
                prior.labels() == null ? Optional.empty() : Optional.of(Labeller.of(prior, hop, tables.labels()));
        for (TrainedCodes.Song song : codes.songs()) {
            SongEntry entry = song.sound().song();
            Optional<Labels> its = labeller.map(one ->
                    one.label(new SongDescription(entry.artist(), entry.genre(), entry.lyrics(), song.samples(), 0)));
            labels.add(its);
            sung.add(sung(entry, its, song.samples()));
        }
    }

    /** Which character each code of a song sings, −1 for none; empty if nobody says. */
    private int[] sung(SongEntry song, Optional<Labels> its, long samples) {
        List<CharacterTime> times = song.annotations().characters();
        int tokens = its.map(one -> one.lyricTokens().length).orElse(0);
        if (prior.lyrics() == null || times.isEmpty()) {
            return new int[0];
        }
        if (times.size() != tokens) {
            unusedTimes++;
            return new int[0];
        }
        int[] characters = new int[Math.toIntExact(samples / hop)];
        Arrays.fill(characters, -1);
        double codesPerSecond = (double) prior.sampleRate() / hop;
        for (int character = 0; character < times.size(); character++) {
            CharacterTime time = times.get(character);
            if (time.sung()) {
                int from = (int) Math.round(time.start() * codesPerSecond);
                int to = Math.min((int) Math.round(time.end() * codesPerSecond), characters.length);
                Arrays.fill(characters, Math.min(from, to), to, character);
            }
        }
        return characters;
    }

    /** Whether it is known of any song what is sung when. */
    boolean saysWhatIsSung() {
        return sung.stream().anyMatch(song -> song.length > 0);
    }

    /** Of how many songs times are given that are not those of the characters that the model hears. */
    int unusedTimes() {
        return unusedTimes;
    }

    /** How many windows the songs are when they are laid end to end. */
    int count() {
        return songbook.items();
    }

    /** By how much a window may be moved, see {@link Songbook#excerpt(int, int)}: a share from 0 to below 1 becomes it. */
    int shift(double share) {
        int window = prior.context() * hop;
        int places = window / unit;
        return ((int) (share * places) - places / 2) * unit;
    }

    /** So many windows spread evenly over the songs, in batches of {@code size}. */
    List<PriorBatch> spread(int most, int size) throws IOException {
        int windows = Math.min(most, count());
        List<PriorBatch> batches = new ArrayList<>();
        for (int from = 0; from < windows; from += size) {
            int[] items = new int[Math.min(size, windows - from)];
            for (int i = 0; i < items.length; i++) {
                items[i] = Math.toIntExact((long) (from + i) * count() / windows);
            }
            batches.add(batch(items, new int[items.length], new double[0]));
        }
        return batches;
    }

    /**
     * Windows.
     *
     * @param shifts by how many samples each is moved
     * @param lengths which length of its song each is told: a share from 0 to below 1 of those between the window's end
     *     and the longest that the model knows, evenly by ratio; empty for the song's own
     */
    PriorBatch batch(int[] items, int[] shifts, double[] lengths) throws IOException {
        List<int[]> window = new ArrayList<>();
        List<long[]> rows = new ArrayList<>();
        List<int[]> above = new ArrayList<>();
        List<int[]> characters = new ArrayList<>();
        for (int i = 0; i < items.length; i++) {
            Songbook.Excerpt place = songbook.excerpt(items[i], shifts[i]);
            int from = Math.toIntExact(place.offset() / hop);
            window.add(codes.codes(place.song(), prior.level(), from, prior.context()));
            above.add(above(place));
            Optional<WindowLabels> row =
                    labels.get(place.song()).map(its -> labeller.orElseThrow().window(its, from));
            long[] y = row.map(WindowLabels::y).orElse(null);
            if (y != null && lengths.length > 0) {
                y[TOLD_LENGTH] = told(place.offset(), lengths[i]);
            }
            rows.add(y);
            characters.add(tokens(sung.get(place.song()), from, row));
        }
        return new PriorBatch(window, rows, above, saysWhatIsSung() ? characters : List.of(), List.of());
    }

    private long told(long offset, double share) {
        double rate = prior.sampleRate();
        double least =
                Math.max(offset + (double) prior.context() * hop, prior.timing().minSeconds() * rate);
        double most = Math.max(least, prior.timing().maxSeconds() * rate);
        return (long) Math.min(most - 1, Math.ceil(least * Math.pow(most / least, share)));
    }

    private int[] above(Songbook.Excerpt place) throws IOException {
        if (prior.conditioner() == null) {
            return null;
        }
        int from = Math.toIntExact(place.offset() / unit);
        return codes.codes(place.song(), prior.level() + 1, from, prior.codesAbove());
    }

    /** Which of a window's lyric tokens each of its codes sings. */
    private int[] tokens(int[] characters, int from, Optional<WindowLabels> row) {
        int[] tokens = new int[prior.context()];
        Arrays.fill(tokens, -1);
        if (characters.length == 0) {
            return tokens;
        }
        // A window hears a run of characters, with padding before it.
        int[] heard = row.orElseThrow().lyricIndices();
        int last = heard[heard.length - 1];
        for (int code = 0; code < tokens.length; code++) {
            int character = characters[from + code];
            int token = heard.length - 1 - (last - character);
            boolean hears = character >= 0 && token >= 0 && token < heard.length && heard[token] == character;
            tokens[code] = hears ? token : -1;
        }
        return tokens;
    }
}
