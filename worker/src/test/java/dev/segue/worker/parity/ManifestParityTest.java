package dev.segue.worker.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The folder of fixtures against its own list: a changed number would otherwise look like a mistake of ours. */
class ManifestParityTest {
    static final String MANIFEST = "MANIFEST.json";

    @Test
    void theFolderHoldsWhatItsManifestListsAndNothingElse() throws IOException {
        // Somebody's own folder need not have one.
        assumeTrue(Fixtures.has(MANIFEST) || System.getProperty("segue.fixtures") == null);
        Map<String, List<String>> listed = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry :
                new ObjectMapper().readTree(Fixtures.bytesOf(MANIFEST)).properties()) {
            listed.put(
                    entry.getKey(),
                    List.of(
                            entry.getValue().get(0).asText(),
                            entry.getValue().get(1).asText()));
        }
        Set<String> names = Fixtures.all();
        assertThat(names.remove(MANIFEST)).isTrue();
        Map<String, List<String>> found = new TreeMap<>();
        for (String name : names) {
            byte[] bytes = Fixtures.bytesOf(name);
            found.put(name, List.of(String.valueOf(bytes.length), sha256(bytes)));
        }
        assertThat(found).containsExactlyEntriesOf(listed);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
