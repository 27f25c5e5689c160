package dev.segue.orchestrator.status.view;

/** Where songs and what they are made of are found over HTTP. */
public final class Hrefs {
    private Hrefs() {}

    /** A song. */
    public static String song(String id) {
        return "/songs/" + id;
    }

    /** A file of a finished song. */
    public static String file(String id, String name) {
        return song(id) + "/files/" + name;
    }

    /**
     * Sound of a range.
     *
     * @param key of its object, whose last part says which range it is
     */
    static String audio(String id, int level, String key) {
        return song(id) + "/audio/" + level + "/" + name(key);
    }

    /** The last part of an object's key. */
    static String name(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }
}
