package dev.segue.worker.assembly;

/**
 * Where the objects of one song lie in the bucket. They follow from what they hold alone, so that who makes one twice
 * puts it in the same place.
 *
 * @param songId the song
 */
public record SongKeys(String songId) {
    /** What a song ends with: where it lies, the song is finished and nothing of it changes any more. */
    public static final String MANIFEST = "manifest.json";

    /** The codes of all levels. */
    public static final String CODES = "codes.safetensors";

    /** A file of the finished song. */
    public String file(String name) {
        return "songs/" + songId + "/" + name;
    }

    /** Sound of a range: codes {@code from} to before {@code to} of a level. */
    public String sound(int level, int from, int to) {
        return piece(level, from, to, ".flac");
    }

    /** Codes of a range. */
    public String codes(int level, int from, int to) {
        return piece(level, from, to, ".codes");
    }

    private String piece(int level, int from, int to, String suffix) {
        return file("level-" + level + "/" + from + "-" + to + suffix);
    }

    /** What says that the song is finished. */
    public String manifest() {
        return file(MANIFEST);
    }
}
