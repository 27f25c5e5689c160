package dev.segue.standalone.fetch;

import dev.segue.contracts.record.StoredObject;
import dev.segue.standalone.songs.SongObjects;
import dev.segue.worker.weights.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Where the objects of a song go.
 *
 * @param folder that files go to; made if it is not there
 * @param name turns the name of an object within its song into the name of a file
 * @param replace whether other files of these names may be lost
 */
public record SongFiles(Path folder, UnaryOperator<String> name, boolean replace) {
    /** The name of an object within its song. */
    public static String within(String songId, String key) {
        String below = "songs/" + songId + "/";
        return key.startsWith(below) ? key.substring(below.length()) : key;
    }

    /**
     * Copies objects, each checked; a file that is there and the same stays.
     *
     * @return the files, in the order of the objects
     * @throws IllegalArgumentException if another file stands in the way
     * @throws IOException if an object cannot be had or is not what was promised
     */
    public List<Path> fetch(SongObjects objects, String songId, List<StoredObject> wanted) throws IOException {
        for (StoredObject object : wanted) {
            Path file = file(songId, object);
            if (!replace && Files.exists(file) && !same(file, object)) {
                throw new IllegalArgumentException(file
                        + " is there already and another file; choose another folder with --out, or replace it with"
                        + " --force");
            }
        }
        List<Path> files = new ArrayList<>();
        for (StoredObject object : wanted) {
            Path file = file(songId, object);
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (!Files.exists(file) || !same(file, object)) {
                objects.download(object, file);
            }
            files.add(file);
        }
        return files;
    }

    private Path file(String songId, StoredObject object) {
        Path file = folder.resolve(name.apply(within(songId, object.getKey()))).normalize();
        if (!file.toAbsolutePath().startsWith(folder.toAbsolutePath().normalize())) {
            throw new IllegalArgumentException("the object " + object.getKey() + " would become " + file
                    + ", which is not in " + folder + "; its name is not to be trusted");
        }
        return file;
    }

    private static boolean same(Path file, StoredObject object) throws IOException {
        return Files.size(file) == object.getBytes() && Sha256.of(file).equals(object.getSha256());
    }
}
