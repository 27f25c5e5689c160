package dev.segue.worker.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.contracts.model.ModelFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** A model of a few files for the store to find, with a card that only lists them. */
record StoredModel(String name, Map<String, byte[]> files) {

    static StoredModel small() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        byte[] weights = new byte[300_000];
        new Random(1).nextBytes(weights);
        files.put("prior.safetensors", weights);
        files.put("ids/v2_artist_ids.txt", "unknown;0\n".getBytes(StandardCharsets.UTF_8));
        files.put("empty.txt", new byte[0]);
        return new StoredModel("small-1", files);
    }

    byte[] card() {
        return files.entrySet().stream()
                .map(file -> "{\"path\":\"%s\",\"sha256\":\"%s\",\"bytes\":%d}"
                        .formatted(file.getKey(), sha256(file.getValue()), file.getValue().length))
                .collect(Collectors.joining(",", "{\"files\":[", "]}"))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Reads such a card. */
    static List<ModelFile> filesOf(Path card) throws IOException {
        List<ModelFile> files = new ArrayList<>();
        for (JsonNode file : new ObjectMapper().readTree(card.toFile()).path("files")) {
            files.add(new ModelFile(
                    file.get("path").textValue(),
                    file.get("sha256").textValue(),
                    file.get("bytes").longValue()));
        }
        return files;
    }

    String digest() {
        return sha256(card());
    }

    StoredModel with(String path, byte[] content) {
        Map<String, byte[]> changed = new LinkedHashMap<>(files);
        changed.put(path, content);
        return new StoredModel(name, changed);
    }

    /** Everything by its path below a source. */
    Map<String, byte[]> objects() {
        Map<String, byte[]> objects = new LinkedHashMap<>();
        objects.put("models/" + name + "/model.json", card());
        files.forEach((path, content) -> objects.put("models/" + name + "/" + path, content));
        return objects;
    }

    FileServer serve(FileServer server) {
        objects().forEach(server::put);
        return server;
    }

    Path copyTo(Path root) {
        objects().forEach((path, content) -> {
            try {
                Files.createDirectories(root.resolve(path).getParent());
                Files.write(root.resolve(path), content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return root;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
