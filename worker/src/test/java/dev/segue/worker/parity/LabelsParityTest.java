package dev.segue.worker.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.contracts.model.LabelVersion;
import dev.segue.contracts.request.RejectedException;
import dev.segue.worker.jukebox.labels.LabelSet;
import dev.segue.worker.jukebox.labels.Labeller;
import dev.segue.worker.jukebox.labels.Labels;
import dev.segue.worker.jukebox.labels.LyricVocabulary;
import dev.segue.worker.jukebox.labels.LyricWindow;
import dev.segue.worker.jukebox.labels.WindowLabels;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Names, texts and label rows of the original. */
class LabelsParityTest {

    static Stream<JsonNode> labellers() {
        return stream(Fixtures.json("labels/labels.json").get("labellers"));
    }

    static Stream<JsonNode> windows() {
        return stream(Fixtures.json("labels/get_y.json"));
    }

    static Stream<JsonNode> texts() {
        return stream(Fixtures.json("labels/text.json").get("cleaned"));
    }

    static Stream<JsonNode> midpoints() {
        JsonNode all = Fixtures.json("labels/window_midpoint.json");
        return Stream.concat(stream(all.get("agree")), stream(all.get("differ")));
    }

    @ParameterizedTest
    @MethodSource("labellers")
    void firstLabelRowsAreThoseOfTheOriginal(JsonNode given) {
        JsonNode songs = Fixtures.json("labels/labels.json").get("cases");
        int tokens = given.get("n_tokens").asInt();
        int samples = given.get("sample_length").asInt();
        Labeller labeller = new Labeller(
                2,
                ReferenceLabels.set(given.get("v3").asBoolean() ? LabelVersion.V3 : LabelVersion.V2),
                given.get("max_genre_words").asInt(),
                tokens,
                128,
                samples);
        for (JsonNode expected : given.get("cases")) {
            var song = ReferenceLabels.song(songs.get(expected.get("case").asInt()));
            if (expected.has("error")) {
                assertThatThrownBy(() -> labeller.label(song)).isInstanceOf(RejectedException.class);
                continue;
            }
            Labels labels = labeller.label(song);
            assertThat(labels.y()).isEqualTo(ReferenceLabels.longs(expected.get("y")));
            if (!expected.get("clean_lyrics").isNull()) {
                assertThat(labels.lyrics())
                        .isEqualTo(expected.get("clean_lyrics").asText());
            }
            assertThat(labels.lyricTokens())
                    .hasSize(expected.get("n_full_tokens").asInt());
            if (!expected.get("window_indices_first_last").isNull()) {
                int[] indices = LyricWindow.inDouble(
                                labels.lyricTokens(), tokens, song.totalLength(), song.offset(), samples)
                        .indices();
                assertThat(List.of(indices[0], indices[tokens - 1]))
                        .isEqualTo(StateDictParityTest.integers(expected.get("window_indices_first_last")));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("windows")
    void labelRowsOfLaterWindowsAreThoseOfTheOriginal(JsonNode given) {
        JsonNode metas = given.get("metas");
        if (metas.isTextual()) {
            metas = stream(Fixtures.json("labels/get_y.json"))
                    .filter(other -> other.get("metas").isArray()
                            && other.get("labeller").equals(given.get("labeller"))
                            && other.get("n_tokens").equals(given.get("n_tokens"))
                            && other.get("raw_to_tokens").equals(given.get("raw_to_tokens")))
                    .findFirst()
                    .orElseThrow()
                    .get("metas");
        }
        int hop = given.get("raw_to_tokens").asInt();
        int tokens = given.get("n_tokens").asInt();
        Labeller labeller = new Labeller(
                2,
                ReferenceLabels.set(
                        LabelVersion.valueOf(given.get("labeller").asText().toUpperCase(Locale.ROOT))),
                given.get("max_genre_words").asInt(),
                tokens,
                hop,
                given.get("n_ctx").asInt() * hop);
        for (int item = 0; item < metas.size(); item++) {
            Labels labels = labeller.label(ReferenceLabels.song(metas.get(item)));
            WindowLabels window = labeller.window(labels, given.get("start").asInt());
            assertThat(window.y())
                    .isEqualTo(ReferenceLabels.longs(given.get("y").get(item)));
            if (!given.get("first_last_index").isNull()) {
                int[] indices = window.lyricIndices();
                assertThat(List.of(indices[0], indices[tokens - 1]))
                        .isEqualTo(StateDictParityTest.integers(
                                given.get("first_last_index").get(item)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void lyricsAreCleanedAsTheOriginalCleansThem(JsonNode given) {
        for (LabelVersion version : LabelVersion.values()) {
            LyricVocabulary vocabulary = LyricVocabulary.of(version);
            String name = version.name().toLowerCase(Locale.ROOT);
            String clean = vocabulary.clean(given.get("raw").asText());
            assertThat(clean).isEqualTo(given.get(name).asText());
            assertThat(Arrays.stream(vocabulary.tokens(clean)).boxed().toList())
                    .isEqualTo(StateDictParityTest.integers(given.get(name + "_tokens")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void vocabulariesAreThoseOfTheOriginal(LyricVocabulary vocabulary) {
        JsonNode given = Fixtures.json("labels/text.json")
                .get("vocabularies")
                .get(vocabulary.name().toLowerCase(Locale.ROOT));
        assertThat(vocabulary.size())
                .isEqualTo(given.get("size_including_unknown").asInt());
        given.get("char_of_id").properties().forEach(e -> assertThat(vocabulary.character(Integer.parseInt(e.getKey())))
                .isEqualTo(e.getValue().asText()));
    }

    @ParameterizedTest
    @MethodSource("midpoints")
    void lyricWindowsLieWhereEitherPrecisionPutsThem(JsonNode given) {
        int[] full = new int[given.get("n_full_tokens").asInt()];
        int size = given.get("n_tokens").asInt();
        long total = given.get("total_length").asLong();
        long offset = given.get("offset").asLong();
        long duration = given.get("duration").asLong();
        assertThat(LyricWindow.inSingle(full, size, total, offset, duration).indices()[0])
                .isEqualTo(given.get("first_index_float32").asInt());
        assertThat(LyricWindow.inDouble(full, size, total, offset, duration).indices()[0])
                .isEqualTo(given.get("first_index_float64").asInt());
    }

    @ParameterizedTest
    @EnumSource
    void namesBecomeTheIdsOfTheOriginalAndBack(LabelVersion version) {
        JsonNode names = Fixtures.json("labels/names.json");
        LabelSet set = ReferenceLabels.set(version);
        String prefix = version.name().toLowerCase(Locale.ROOT);
        for (Map.Entry<String, JsonNode> e : names.path("normalised_" + prefix).properties()) {
            assertThat(set.normalise(e.getKey())).isEqualTo(e.getValue().asText());
        }
        for (Map.Entry<String, JsonNode> e : names.get(prefix + "_artist_id").properties()) {
            assertThat(set.artist(e.getKey()).id()).isEqualTo(e.getValue().asInt());
        }
        for (Map.Entry<String, JsonNode> e : names.get(prefix + "_genre_ids").properties()) {
            assertThat(set.genre(e.getKey()))
                    .extracting(LabelSet.NamedId::id)
                    .isEqualTo(StateDictParityTest.integers(e.getValue()));
        }
        for (Map.Entry<String, JsonNode> e :
                names.get(prefix + "_artist_name_of_id").properties()) {
            assertThat(set.artistName(Integer.parseInt(e.getKey())))
                    .isEqualTo(e.getValue().asText());
        }
        for (Map.Entry<String, JsonNode> e :
                names.get(prefix + "_genre_name_of_id").properties()) {
            assertThat(set.genreName(List.of(Integer.parseInt(e.getKey()), LabelSet.EMPTY_SLOT)))
                    .isEqualTo(e.getValue().asText());
        }
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
