package dev.segue.worker.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.model.InvalidModelException;
import dev.segue.contracts.model.LabelVersion;
import dev.segue.worker.manifest.Manifest;
import dev.segue.worker.manifest.SongEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeTest {
    @TempDir
    Path folder;

    @Test
    void theDemosRecipeComesWithSegueAndIsOfAModelThatCanBe() throws IOException {
        Recipe demo = Recipe.named("demo");
        assertThat(demo.name()).isEqualTo("demo");
        assertThat(demo.shape(LabelTables.of(SmallSongs.write(folder)))
                        .top()
                        .labels()
                        .genres())
                .as("names of the songs and unknown")
                .isEqualTo(3);
    }

    @Test
    void whatIsPrintedIsReadAgain() throws IOException {
        Recipe recipe = SmallSongs.recipe();
        Path file = Files.writeString(folder.resolve("mine.json"), recipe.toJson());
        assertThat(Recipe.named(file.toString())).isEqualTo(recipe);
    }

    @Test
    void aFolderOfTheSameNameIsNoRecipe() {
        assertThatThrownBy(() -> Recipe.named(folder.toString())).hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> Recipe.named("nothing")).hasMessageContaining("demo");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format\" : 1 | \"format\" : 2 | format 2",
                "\"batch\" : 2 | \"batch\" : 0 | schedule.batch 0",
                "\"saveEvery\" : 4 | \"saveEvery\" : 3 | a multiple of logEvery, 2",
                "\"decayFrom\" : 4 | \"decayFrom\" : 8 | below steps, 8",
                "\"learningRate\" : 0.003 | \"learningRate\" : 0.0 | schedule.rounds.learningRate",
                "\"temperature\" : 0.99 | \"temperature\" : 0.0 | levels.temperature 0.0 but it must be from 0.001",
                "\"windows\" : 0.5 | \"windows\" : 1.5 | levels.corruption.windows",
                "\"anyLengthFrom\" : 4 | \"anyLengthFrom\" : -1 | levels.anyLengthFrom",
                "\"averaging\" : 0.9 | \"averaging\" : 1.0 | schedule.averaging",
                "\"sampleLength\" : 2048 | \"sampleLength\" : 2050 | multiple of the coarsest hop, 16",
                "\"licence\" | \"license\" | licence",
                "\"steps\" : 8 | \"steps\" : \"many\" | steps",
                "{ | [ | recipe",
            })
    void aFaultIsNamedByItsField(String right, String wrong, String named) {
        String json = SmallSongs.recipe().toJson().replaceFirst(Pattern.quote(right), wrong);
        assertThatThrownBy(() -> Recipe.parse("mine", json))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining(named);
    }

    @Test
    void partsThatDoNotFitEachOtherAreRefused() throws IOException {
        LabelTables tables = LabelTables.of(SmallSongs.write(folder));
        String other = SmallSongs.recipe().toJson().replaceFirst("\"codes\" : 16", "\"codes\" : 32");
        assertThatThrownBy(() -> Recipe.parse("mine", other).shape(tables))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageContaining("codes");
        String older = SmallSongs.recipe().toJson().replace("\"" + LabelVersion.V3 + "\"", "\"V2\"");
        assertThatThrownBy(() -> Recipe.parse("mine", older).shape(tables)).hasMessageContaining("labels.version V2");
    }

    @Test
    void namesThatAModelsTablesCannotHoldAreRefused() throws IOException {
        Manifest songs = SmallSongs.write(folder);
        SongEntry song = songs.songs().get(0);
        SongEntry named = new SongEntry(
                song.file(), "", "ann; bob", song.genre(), song.lyrics(), song.split(), song.annotations());
        assertThatThrownBy(() -> LabelTables.of(new Manifest(folder, List.of(named))))
                .hasMessageContaining("ann; bob")
                .hasMessageContaining("rename it");
    }
}
