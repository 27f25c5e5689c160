package dev.segue.worker.parity;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.worker.weights.SafetensorsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The folder of numbers that the original produced: the one that the system property {@code segue.fixtures} names, or
 * the compact subset that is committed. Remembers which files were read, so that a test can tell which were not.
 */
public final class Fixtures {
    private static final Path ROOT = Path.of(System.getProperty("segue.fixtures", "src/test/resources/parity"));
    private static final Set<String> READ = new TreeSet<>();
    private static final ObjectMapper JSON = new ObjectMapper();

    private Fixtures() {}

    /** Where the tests compute: the system property {@code segue.device}, {@code cpu} or {@code gpu}. */
    public static Device device() {
        return System.getProperty("segue.device", "cpu").equals("gpu") ? Device.gpu() : Device.cpu();
    }

    /** The file at {@code relative}; from now on it counts as exercised. */
    public static synchronized Path file(String relative) {
        Path path = ROOT.resolve(relative);
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException("the fixtures in " + ROOT.toAbsolutePath() + " lack " + relative);
        }
        READ.add(relative);
        return path;
    }

    public static boolean has(String relative) {
        return Files.isRegularFile(ROOT.resolve(relative));
    }

    public static JsonNode json(String relative) {
        try {
            return JSON.readTree(file(relative).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static SafetensorsFile tensors(String relative) {
        try {
            return SafetensorsFile.open(file(relative));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of the folders directly in {@code relative}, sorted; empty if there is no such folder. */
    public static Stream<String> folders(String relative) {
        return list(relative).filter(Files::isDirectory).map(p -> p.getFileName()
                .toString());
    }

    /** Names of the folders directly in {@code relative} that hold {@code file}: a subset may lack it elsewhere. */
    public static Stream<String> foldersWith(String relative, String file) {
        String prefix = relative.isEmpty() ? "" : relative + "/";
        return folders(relative).filter(name -> has(prefix + name + "/" + file));
    }

    /** Names of the files directly in {@code relative}, sorted; empty if there is no such folder. */
    public static Stream<String> files(String relative) {
        return list(relative).filter(Files::isRegularFile).map(p -> p.getFileName()
                .toString());
    }

    /** Files of the folder that no test has read so far. */
    static synchronized Set<String> unread() {
        Set<String> unread = all();
        unread.removeAll(READ);
        return unread;
    }

    /** Every file of the folder, relative to it and with forward slashes; naming a file here does not exercise it. */
    static Set<String> all() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            Set<String> names = new TreeSet<>();
            files.filter(Files::isRegularFile)
                    .forEach(p -> names.add(ROOT.relativize(p).toString().replace('\\', '/')));
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of a file, without their counting as exercised: whoever reads them only looks whether they are there. */
    static byte[] bytesOf(String relative) throws IOException {
        return Files.readAllBytes(ROOT.resolve(relative));
    }

    private static Stream<Path> list(String relative) {
        Path folder = ROOT.resolve(relative);
        if (!Files.isDirectory(folder)) {
            return Stream.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
