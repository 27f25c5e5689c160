package dev.segue.orchestrator.status.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Style sheet and scripts of the page. Their address holds a digest of all of them, so that a browser may keep them for
 * good and still has the new ones at once. Immutable.
 */
public final class PageAssets {
    /** Under which they are served: this, {@link #version}, a slash and the name. */
    public static final String PATH = "/assets/";

    private static final List<String> NAMES = List.of(
            "api.js",
            "canvas.js",
            "form.js",
            "format.js",
            "fourier.js",
            "karaoke.js",
            "letters.js",
            "live.js",
            "mark.svg",
            "page.css",
            "plan.js",
            "player.js",
            "row.js",
            "song.js",
            "songs.js",
            "sound.js",
            "spectrogram.js",
            "waveform.js");
    private static final int VERSION_DIGITS = 12;

    private final Map<String, Asset> assets;
    private final String version;

    /** A file as it is served. */
    public record Asset(String mediaType, byte[] bytes) {}

    private PageAssets(Map<String, Asset> assets, String version) {
        this.assets = assets;
        this.version = version;
    }

    /** Reads all of them from the class path. */
    public static PageAssets load() {
        Map<String, Asset> assets = new TreeMap<>();
        MessageDigest digest = sha256();
        for (String name : NAMES) {
            byte[] bytes = read(name);
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
            assets.put(name, new Asset(mediaType(name), bytes));
        }
        return new PageAssets(assets, HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS));
    }

    private static byte[] read(String name) {
        try (InputStream in = PageAssets.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks the page's " + name + "; build it again");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String mediaType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> "text/javascript; charset=utf-8";
        };
    }

    /** What all of them are together: changes with any of them. */
    public String version() {
        return version;
    }

    /** All of their names. */
    public List<String> names() {
        return List.copyOf(assets.keySet());
    }

    /** One of them; empty if there is none of that name. */
    public Optional<Asset> find(String name) {
        return Optional.ofNullable(assets.get(name));
    }

    /** Where one of them is. */
    public String href(String name) {
        return PATH + version + "/" + name;
    }
}
