package dev.segue.orchestrator.status.page;

import dev.segue.orchestrator.status.http.Pages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Style sheet and scripts of the page. Their address holds a digest of all of them, so that a browser may keep them for
 * good and still has the new ones at once. Immutable.
 */
public final class PageAssets {
    /** Under which they are served: this, {@link #version}, a slash and the name. */
    public static final String PATH = "/assets/";

    private static final List<String> NAMES = List.of(
            "api.js",
            "cancel.js",
            "canvas.js",
            "desk.js",
            "form.js",
            "format.js",
            "fourier.js",
            "karaoke.js",
            "letters.js",
            "live.js",
            "mark.svg",
            "marks.js",
            "page.css",
            "plan.js",
            "player.js",
            "request.js",
            "row.js",
            "song.js",
            "songs.js",
            "sound.js",
            "spectrogram.js",
            "states.js",
            "waveform.js");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*\"\\./([a-z]+\\.js)\";$");
    private static final int VERSION_DIGITS = 12;

    private final Map<String, Pages.Asset> assets;
    private final String version;

    private PageAssets(Map<String, Pages.Asset> assets, String version) {
        this.assets = assets;
        this.version = version;
    }

    /** Reads all of them from the class path. */
    public static PageAssets load() {
        Map<String, Pages.Asset> assets = new TreeMap<>();
        MessageDigest digest = sha256();
        for (String name : NAMES) {
            byte[] bytes = read(name);
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
            assets.put(name, new Pages.Asset(bytes, mediaType(name), true));
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

    /** One of them, as it was asked for by a page of that version; empty if there is none of that name. */
    public Optional<Pages.Asset> find(String pageVersion, String name) {
        return Optional.ofNullable(assets.get(name))
                .map(found -> new Pages.Asset(found.content(), found.mediaType(), version.equals(pageVersion)));
    }

    /** What a script imports, itself or through others, so that a browser need not find out one after the other; nothing for no script. */
    List<String> imports(String script) {
        Set<String> found = new LinkedHashSet<>();
        Deque<String> left = new ArrayDeque<>(script.isEmpty() ? List.of() : List.of(script));
        while (!left.isEmpty()) {
            String text = new String(assets.get(left.pop()).content(), StandardCharsets.UTF_8);
            IMPORT.matcher(text)
                    .results()
                    .map(match -> match.group(1))
                    .filter(found::add)
                    .forEach(left::push);
        }
        return List.copyOf(found);
    }

    /** Where one of them is. */
    public String href(String name) {
        return PATH + version + "/" + name;
    }
}
