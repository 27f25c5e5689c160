package dev.segue.standalone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.standalone.CommandRun;
import dev.segue.worker.corpus.CorpusPlan;
import dev.segue.worker.corpus.CorpusWriter;
import dev.segue.worker.manifest.Annotations;
import dev.segue.worker.manifest.Manifest;
import dev.segue.worker.manifest.SongEntry;
import dev.segue.worker.manifest.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole evaluation through the command line, of models with random weights on a few composed songs. */
class EvaluateCommandTest {
    private static final Set<String> GENRES = Set.of("drift", "waltz");
    private static final Set<String> ARTISTS = Set.of("Orla Venn", "Tilse Marrow");

    @TempDir
    private static Path folder;

    private static Path corpus;

    @BeforeAll
    static void composeAFewSongs() throws IOException {
        corpus = folder.resolve("corpus");
        new CorpusWriter(new CorpusPlan(48, 10, 1, 8000)).write(corpus, 2, done -> {});
        List<SongEntry> few = Manifest.read(corpus).songs().stream()
                .filter(song -> GENRES.contains(song.genre()) && ARTISTS.contains(song.artist()))
                .filter(song -> song.split() != Split.VALIDATION || song.genre().equals("waltz"))
                .toList();
        write(few, corpus);
        UnlabelledModel.write(folder.resolve("plain"));
    }

    private static void write(List<SongEntry> songs, Path data) throws IOException {
        Files.writeString(
                data.resolve(Manifest.FILE),
                songs.stream().map(song -> song.toJson() + "\n").collect(Collectors.joining()));
    }

    /** Another folder with some of the songs, changed. */
    private static Path changed(String name, Predicate<SongEntry> kept, UnaryOperator<SongEntry> change)
            throws IOException {
        Path data = folder.resolve(name);
        Files.createDirectories(data.resolve("songs"));
        List<SongEntry> songs =
                Manifest.read(corpus).songs().stream().filter(kept).map(change).toList();
        for (SongEntry song : songs) {
            Files.copy(corpus.resolve(song.file()), data.resolve(song.file()));
        }
        write(songs, data);
        return data;
    }

    private static CommandRun evaluate(String model, Path data, String... options) {
        List<String> line = new ArrayList<>(List.of("evaluate", model, "--data", data.toString()));
        line.addAll(List.of("--home", folder.resolve("home").toString()));
        line.addAll(Arrays.asList(options));
        return CommandRun.of(line.toArray(String[]::new));
    }

    private static JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(folder.resolve(name).toFile());
    }

    @Test
    void everyFigureStandsInTheTableAndInTheJsonBesideItsGoal() throws IOException {
        CommandRun run = evaluate(
                "untrained",
                corpus,
                "--songs-per-label",
                "2",
                "--seconds",
                "2",
                "--windows",
                "1",
                "--train-songs",
                "2",
                "--require",
                "--json",
                folder.resolve("all.json").toString(),
                "--keep",
                folder.resolve("kept").toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        assertThat(run.err()).contains("codes of level 2", "sound of generated songs: 4 in");
        assertThat(run.out())
                .contains("unknown to the model: artist \"orla venn\" at level 0, level 1, level 2")
                .contains(
                        "Reconstruction",
                        "Likelihood",
                        "Control",
                        "Alignment",
                        "Vowels",
                        "Collapse",
                        "Goals",
                        "MISSED");
        JsonNode all = json("all.json");
        assertThat(all.at("/model/name").asText()).isEqualTo("untrained");
        assertThat(all.at("/model/digest").asText()).hasSize(64);
        assertThat(all.at("/corpus/card/sha256").asText()).hasSize(64);
        assertThat(all.get("goals")).hasSize(13).allSatisfy(goal -> {
            assertThat(goal.path("value").isNumber()).as(goal.toString()).isEqualTo(!goal.has("absent"));
            assertThat(goal.get("met").isBoolean()).isTrue();
        });
        JsonNode figures = all.get("figures");
        assertThat(figures.get("songs").asInt()).isEqualTo(4);
        assertThat(figures.get("generatedSongs").asInt()).isEqualTo(4);
        assertThat(figures.get("reconstruction")).hasSize(3);
        assertThat(figures.get("likelihood").get(2).get("wrong")).hasSize(4);
        assertThat(figures.get("likelihood").get(0).get("wrong")).hasSize(2);
        assertThat(figures.get("control")).hasSize(7);
        assertThat(figures.get("control").get(4).get("source").asText()).isEqualTo("generated");
        assertThat(figures.at("/control/4/genre/accuracy/examples").asInt()).isEqualTo(4);
        assertThat(figures.at("/vowels/original/accuracy/right").asDouble()).isGreaterThan(0.4);
        assertThat(figures.at("/alignment/straightLineSeconds").asDouble()).isBetween(0.1, 3.0);
        assertThat(all.get("seconds")).isNotEmpty();
        Manifest kept = Manifest.read(folder.resolve("kept"));
        assertThat(kept.songs()).hasSize(4).allSatisfy(song -> assertThat(song.lyrics())
                .isNotBlank());
        assertThat(kept.songs().stream().map(song -> song.annotations().seed().orElseThrow()))
                .containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void aModelThatHearsNeitherLabelsNorLyricsIsMeasuredAndWhatIsAbsentSaysWhy() throws IOException {
        CommandRun run = evaluate(
                folder.resolve("plain").toString(),
                corpus,
                "--songs-per-label",
                "1",
                "--seconds",
                "2",
                "--windows",
                "1",
                "--train-songs",
                "1",
                "--split",
                "validation",
                "--json",
                folder.resolve("plain.json").toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("absent: the model hears no labels", "absent: the model hears no lyrics");
        JsonNode figures = json("plain.json").get("figures");
        assertThat(figures.has("control")).isFalse();
        assertThat(figures.has("alignment")).isFalse();
        assertThat(figures.get("likelihood").get(2).get("wrong")).isEmpty();
        assertThat(figures.at("/collapse/generatedSongs").asInt()).isEqualTo(4);
    }

    @Test
    void everyHeadThatSeesLyricsIsTriedOnTheValidationSplitWhenItIsAskedFor() throws IOException {
        CommandRun run = evaluate(
                "untrained",
                corpus,
                "--only",
                "alignment-heads",
                "--head-songs",
                "1",
                "--json",
                folder.resolve("heads.json").toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("Alignment by head", "(the card's)");
        JsonNode heads = json("heads.json").at("/figures/heads");
        assertThat(heads)
                .hasSize(2)
                .allSatisfy(head -> assertThat(head.get("layer").asInt()).isEqualTo(15));
        assertThat(heads.get(0).at("/result/medianSeconds").asDouble())
                .isLessThanOrEqualTo(heads.get(1).at("/result/medianSeconds").asDouble());
    }

    @Test
    void whatAFolderLacksIsSaidInOneSentence() throws IOException {
        Path untimed = changed(
                "untimed",
                song -> song.split() != Split.VALIDATION,
                song -> new SongEntry(
                        song.file(), "", song.artist(), song.genre(), song.lyrics(), song.split(), Annotations.NONE));
        Path untested = changed("untested", song -> song.split() == Split.TRAIN, song -> song);
        Path alike = changed("alike", song -> song.genre().equals("waltz"), song -> song);

        assertThat(refusal(1, "untrained", untimed, "--only", "lyrics"))
                .contains("--only has lyrics but the songs of the split do not say when their characters are sung");
        assertThat(refusal(1, "untrained", untimed, "--only", "alignment-heads"))
                .contains("the songs of the validation split do not say");
        assertThat(refusal(1, "untrained", untested)).contains("the test split of " + untested + " has no songs");
        assertThat(refusal(1, "untrained", alike, "--only", "control")).contains("fewer than two genres or artists");
        assertThat(refusal(1, "untrained", folder.resolve("nowhere"))).contains("manifest.jsonl");
        assertThat(refusal(1, folder.resolve("plain").toString(), corpus, "--only", "control"))
                .contains("the model hears no labels");
    }

    @Test
    void whatCannotBeAskedForIsRefusedInOneSentence() {
        assertThat(refusal(1, "missing", corpus)).contains("the model is missing but there is neither a folder");
        assertThat(refusal(1, "untrained", corpus, "--only", "collapse", "--seconds", "0.2"))
                .contains("needs at least one full window");
        assertThat(refusal(1, "untrained", corpus, "--device", "tpu")).contains("cpu, gpu or gpu:NUMBER");
        assertThat(refusal(2, "untrained", corpus, "--only", "beauty"))
                .contains("--only has beauty but its parts are reconstruction, likelihood, control");
        assertThat(refusal(2, "untrained", corpus, "--split", "train")).contains("--split is train but must be test");
        assertThat(refusal(2, "untrained", corpus, "--songs-per-label", "0"))
                .contains("--songs-per-label is 0 but must be at least 1");
        assertThat(refusal(2, "untrained", corpus, "--threads", "0")).contains("--threads is 0");
    }

    private static String refusal(int exitCode, String model, Path data, String... options) {
        CommandRun run = evaluate(model, data, options);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        if (exitCode == 1) {
            assertThat(run.err().strip().lines()).hasSize(1);
        }
        return run.err();
    }
}
