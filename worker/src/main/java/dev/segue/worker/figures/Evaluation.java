package dev.segue.worker.figures;

import dev.segue.worker.evaluation.SongJudge;
import dev.segue.worker.figures.WrongLabels.Kind;
import dev.segue.worker.jukebox.Prior;
import dev.segue.worker.jukebox.VqVae;
import dev.segue.worker.jukebox.alignment.Alignment;
import dev.segue.worker.jukebox.labels.Labels;
import dev.segue.worker.jukebox.labels.SongDescription;
import dev.segue.worker.manifest.CharacterTime;
import dev.segue.worker.manifest.Manifest;
import dev.segue.worker.manifest.SongEntry;
import dev.segue.worker.manifest.Split;
import dev.segue.worker.sampling.LyricAligner;
import dev.segue.worker.sound.SoundReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures a model on the songs of a folder. Each song is read and encoded once, each prior is loaded when its turn comes,
 * and of sounds one at a time is in memory; codes of all songs are.
 *
 * <p>Longer than other classes because it is the order in which everything is measured. Owned by one thread.
 */
public final class Evaluation {
    private final Subject subject;
    private final Manifest manifest;
    private final EvaluationPlan plan;
    private final Progress progress;
    private final Applicable applicable;
    private final SoundMeasures train;
    private final SoundMeasures split;
    private final SoundMeasures made;
    private final List<EncodedSong> songs = new ArrayList<>();
    private List<Reconstruction.Level> reconstruction;
    private Control control;
    private Vowels vowels;

    /**
     * Prepares to measure.
     *
     * @param progress hears how far it is
     * @throws IllegalArgumentException if the folder lacks songs that are needed
     */
    public Evaluation(Subject subject, Manifest manifest, EvaluationPlan plan, Progress progress) {
        this.subject = subject;
        this.manifest = manifest;
        this.plan = plan;
        this.progress = progress;
        this.applicable = Applicable.of(subject, manifest, plan.split());
        this.train = measures();
        this.split = measures();
        this.made = measures();
        requireSongs(plan.split());
        if (plan.parts().stream().anyMatch(part -> part.needsTrainSplit() || part.needsJudge())) {
            requireSongs(Split.TRAIN);
        }
    }

    private SoundMeasures measures() {
        return new SoundMeasures(
                subject.top() + 1, subject.card().codes(), subject.card().sampleRate());
    }

    private void requireSongs(Split needed) {
        if (manifest.songs(needed).isEmpty()) {
            throw new IllegalArgumentException("the " + needed.label() + " split of " + manifest.folder()
                    + " has no songs but must have at least one; give some the split \"" + needed.label()
                    + "\" in its manifest");
        }
    }

    /** Why a part cannot be measured; null if it can. */
    public String absent(Part part) {
        return applicable.absent().get(part);
    }

    /**
     * Measures everything that was planned and can be.
     *
     * @param keeper takes the songs that are made
     * @throws dev.segue.contracts.request.RejectedException if the model cannot make songs of that length
     */
    public Figures run(Keeper keeper) throws IOException {
        boolean makes = plan.parts().stream().anyMatch(part -> part.needsSongs() && wants(part));
        Generation generation = makes ? generation() : null;
        SongJudge judge = judge();
        if (judge != null && wants(Part.CONTROL)) {
            control = new Control(judge, subject.card().sampleRate());
        }
        if (judge != null && wants(Part.LYRICS) && judge.namesVowels()) {
            vowels = new Vowels(judge, subject.card().sampleRate());
        }
        try (VqVae vqVae = subject.folder().vqVae(subject.device())) {
            if (plan.parts().stream().anyMatch(Part::needsTrainSplit)) {
                measureTrainSplit(vqVae);
            }
            measureSplit(vqVae);
            List<LevelLikelihood> likelihood = wants(Part.LIKELIHOOD) ? likelihood() : null;
            List<HeadSearch.Head> heads = wants(Part.ALIGNMENT_HEADS) ? heads(vqVae) : null;
            LyricAlignment.Result alignment = wants(Part.LYRICS) ? alignment() : null;
            int count = 0;
            if (generation != null) {
                List<GeneratedSong> songsMade = generation.sample(plan.slots(), progress);
                listen(vqVae, songsMade, keeper);
                count = songsMade.size();
            }
            return new Figures(
                    reconstruction,
                    likelihood,
                    control == null ? null : control.stages(),
                    alignment,
                    vowels == null ? null : vowels.result(),
                    heads,
                    wants(Part.COLLAPSE) ? Collapse.of(train, split, made, subject.top() + 1) : null,
                    unknownNames(),
                    songs.size(),
                    count,
                    applicable.absent());
        }
    }

    private boolean wants(Part part) {
        return plan.has(part) && absent(part) == null;
    }

    private Generation generation() {
        List<SongEntry> known = manifest.songs(Split.TRAIN).isEmpty() ? manifest.songs() : manifest.songs(Split.TRAIN);
        return Generation.plan(
                subject,
                plan.songsPerLabel(),
                plan.seconds(),
                List.copyOf(new TreeSet<>(known.stream().map(SongEntry::genre).toList())),
                List.copyOf(new TreeSet<>(known.stream().map(SongEntry::artist).toList())),
                manifest.songs(plan.split()));
    }

    private SongJudge judge() throws IOException {
        if (!applicable.judged() || !(wants(Part.CONTROL) || wants(Part.LYRICS))) {
            return null;
        }
        int count = manifest.songs(Split.TRAIN).size();
        progress.begin("judge fitted on " + count + " songs", count);
        SongJudge judge = SongJudge.fit(manifest, subject.card().sampleRate(), plan.seconds());
        progress.advance(count);
        return judge;
    }

    private float[] sound(SongEntry song) throws IOException {
        try (SoundReader reader =
                SoundReader.open(manifest.file(song), subject.card().sampleRate())) {
            return reader.readAll();
        }
    }

    private void measureTrainSplit(VqVae vqVae) throws IOException {
        List<SongEntry> some = Some.of(manifest.songs(Split.TRAIN), plan.trainSongs());
        progress.begin("codes of songs of the train split", some.size());
        for (SongEntry song : some) {
            float[] sound = sound(song);
            train.add(EncodedSong.of(song, sound, vqVae).codes(), sound);
            progress.advance(1);
        }
    }

    private void measureSplit(VqVae vqVae) throws IOException {
        List<SongEntry> entries = manifest.songs(plan.split());
        boolean decode = plan.parts().stream().anyMatch(part -> part.needsSound() && wants(part));
        progress.begin("songs of the " + plan.split().label() + " split", entries.size());
        try (Reconstruction convergence = new Reconstruction(subject.device(), subject.top() + 1)) {
            for (SongEntry entry : entries) {
                float[] sound = sound(entry);
                EncodedSong song = EncodedSong.of(entry, sound, vqVae);
                songs.add(song);
                split.add(song.codes(), sound);
                if (decode) {
                    hear(song, sound, Decoding.levels(vqVae, song.codes()), convergence);
                }
                progress.advance(1);
            }
            reconstruction = wants(Part.RECONSTRUCTION) ? convergence.levels() : null;
        }
    }

    private void hear(EncodedSong song, float[] sound, List<float[]> decoded, Reconstruction convergence) {
        if (wants(Part.RECONSTRUCTION)) {
            convergence.add(sound, decoded);
        }
        if (control != null) {
            control.addSong(song, sound, decoded);
        }
        if (vowels != null) {
            vowels.addSong(song, sound, decoded.get(0));
        }
    }

    private List<LevelLikelihood> likelihood() throws IOException {
        List<LevelLikelihood> levels = new ArrayList<>();
        for (int level = 0; level <= subject.top(); level++) {
            progress.begin("likelihood of level " + level, songs.size());
            List<Kind> kinds = kinds(level);
            try (Prior prior = subject.prior(level)) {
                Likelihood likelihood = new Likelihood(
                        prior, subject.level(level), subject.labeller(level), plan.windows(), plan.batch());
                levels.add(LevelLikelihood.of(level, likelihood, songs, subject, kinds, train, split, progress));
            }
        }
        return levels;
    }

    private List<Kind> kinds(int level) {
        boolean labels = subject.shape(level).labels() != null;
        boolean lyrics = subject.shape(level).lyrics() != null;
        return Stream.of(Kind.values())
                .filter(kind -> labels && (lyrics || !kind.ofLyrics()))
                .toList();
    }

    private List<HeadSearch.Head> heads(VqVae vqVae) throws IOException {
        List<SongEntry> timed = manifest.songs(Split.VALIDATION).stream()
                .filter(Applicable::isTimed)
                .toList();
        List<EncodedSong> some = new ArrayList<>();
        for (SongEntry song : Some.of(timed, plan.headSongs())) {
            some.add(EncodedSong.of(song, sound(song), vqVae));
        }
        progress.begin("alignment by every head", some.size());
        try (Prior prior = subject.prior(subject.top())) {
            return HeadSearch.of(subject, prior, some, progress);
        }
    }

    private LyricAlignment.Result alignment() throws IOException {
        LyricAlignment result = new LyricAlignment(subject);
        List<EncodedSong> timed =
                songs.stream().filter(song -> Applicable.isTimed(song.entry())).toList();
        progress.begin("lyrics of songs of the " + plan.split().label() + " split", timed.size());
        try (Prior prior = subject.prior(subject.top())) {
            for (EncodedSong song : timed) {
                result.add(song, align(prior, song.codes().level(subject.top()), song.description(subject.card())));
                progress.advance(1);
            }
        }
        return result.result();
    }

    private Alignment align(Prior prior, int[] codes, SongDescription description) {
        Labels labels = subject.labeller(subject.top()).label(description);
        return new LyricAligner(prior, subject.level(subject.top()), subject.labeller(subject.top()))
                .align(codes, labels);
    }

    private void listen(VqVae vqVae, List<GeneratedSong> songsMade, Keeper keeper) throws IOException {
        List<List<CharacterTime>> times = vowels == null ? List.of() : times(songsMade);
        progress.begin("sound of generated songs", songsMade.size());
        for (int i = 0; i < songsMade.size(); i++) {
            GeneratedSong song = songsMade.get(i);
            List<float[]> decoded = control == null
                    ? List.of(Decoding.level(vqVae, song.codes(), 0))
                    : Decoding.levels(vqVae, song.codes());
            made.add(song.codes(), decoded.get(0));
            if (control != null) {
                control.addGenerated(song, decoded);
            }
            if (vowels != null) {
                vowels.addGenerated(song, times.get(i), decoded.get(0));
            }
            keeper.keep(i, song, decoded.get(0));
            progress.advance(1);
        }
    }

    private List<List<CharacterTime>> times(List<GeneratedSong> songsMade) throws IOException {
        LyricAlignment aligner = new LyricAlignment(subject);
        List<List<CharacterTime>> times = new ArrayList<>();
        progress.begin("lyrics of generated songs", songsMade.size());
        try (Prior prior = subject.prior(subject.top())) {
            for (GeneratedSong song : songsMade) {
                Alignment alignment = align(prior, song.codes().level(subject.top()), song.description());
                times.add(aligner.times(song.description(), alignment));
                progress.advance(1);
            }
        }
        return times;
    }

    /** Genres and artists of the songs that a level does not know, each with its levels. */
    private List<String> unknownNames() {
        long told = EncodedSong.toldLength(subject.card(), 1);
        return manifest.songs(plan.split()).stream()
                .map(song -> new SongDescription(song.artist(), song.genre(), "", told, 0))
                .distinct()
                .flatMap(song -> subject.labeller().label(song).stream())
                .flatMap(labels -> labels.stream().flatMap(one -> one.unknown().stream()))
                .distinct()
                .collect(Collectors.groupingBy(
                        name -> name.kind().toString().toLowerCase(Locale.ROOT) + " \"" + name.name() + "\"",
                        TreeMap::new,
                        Collectors.mapping(name -> "level " + name.level(), Collectors.joining(", "))))
                .entrySet()
                .stream()
                .map(name -> name.getKey() + " at " + name.getValue())
                .toList();
    }
}
