package dev.segue.contracts.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One thing that can be configured. Immutable.
 *
 * @param <T> what its text means
 */
public final class Setting<T> {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private final String key;
    private final String description;
    private final String limit;
    private final String fallback;
    private final boolean required;
    private final boolean secret;
    private final Function<String, Optional<T>> reader;

    private Setting(
            String key,
            String description,
            String limit,
            String fallback,
            boolean required,
            boolean secret,
            Function<String, Optional<T>> reader) {
        this.key = Objects.requireNonNull(key, "key is null");
        this.description = Objects.requireNonNull(description, "description is null");
        this.limit = limit;
        this.fallback = fallback;
        this.required = required;
        this.secret = secret;
        this.reader = reader;
    }

    private static <T> Setting<T> of(
            String key, String description, String limit, Function<String, Optional<T>> reader) {
        return new Setting<>(key, description, limit, null, true, false, reader);
    }

    /** Any text. */
    public static Setting<String> text(String key, String description) {
        return of(key, description, "any text", Optional::of);
    }

    /**
     * Text of a certain form.
     *
     * @param limit what it must be, as the end of a sentence
     */
    public static Setting<String> text(String key, String description, String limit, Pattern form) {
        return of(key, description, limit, text -> Optional.of(text)
                .filter(value -> form.matcher(value).matches()));
    }

    /** Any text, or none. */
    public static Setting<Optional<String>> optionalText(String key, String description) {
        return new Setting<>(
                key,
                description,
                "any text",
                "",
                false,
                false,
                text -> Optional.of(Optional.of(text).filter(value -> !value.isEmpty())));
    }

    /**
     * Text that means something.
     *
     * @param limit what it must be, as the end of a sentence
     * @param reader what a text means; empty if nothing
     */
    public static <T> Setting<T> parsed(
            String key, String description, String limit, Function<String, Optional<T>> reader) {
        return of(key, description, limit, reader);
    }

    /** A whole number. */
    public static Setting<Integer> wholeNumber(String key, String description, int least, int most) {
        return of(key, description, "a whole number from " + least + " to " + most, text -> {
            try {
                return Optional.of(Integer.valueOf(text)).filter(number -> number >= least && number <= most);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    /** A time such as 500ms, 30s, 5m or 2h. */
    public static Setting<Duration> duration(String key, String description, Duration least, Duration most) {
        return of(
                key,
                description,
                "a time such as 500ms, 30s, 5m or 2h, from " + text(least) + " to " + text(most),
                text -> duration(text).filter(value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0));
    }

    /** One of some words: the names of constants in lower case, with dashes. */
    public static <E extends Enum<E>> Setting<E> choice(String key, String description, Class<E> type) {
        E[] constants = type.getEnumConstants();
        return of(
                key,
                description,
                "one of " + Arrays.stream(constants).map(Setting::word).collect(Collectors.joining(", ")),
                text -> Arrays.stream(constants)
                        .filter(constant -> word(constant).equals(text))
                        .findFirst());
    }

    /** As a constant is written in a setting. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The same setting, with what it is unless told otherwise. */
    public Setting<T> orElse(String text) {
        return new Setting<>(key, description, limit, text, false, secret, reader);
    }

    /** The same setting, whose value is never shown. */
    public Setting<T> secret() {
        return new Setting<>(key, description, limit, fallback, required, true, reader);
    }

    /** The name of its variable. */
    public String key() {
        return key;
    }

    /** What it is for, in one sentence. */
    public String description() {
        return description;
    }

    /** What it must be, as the end of a sentence. */
    public String limit() {
        return limit;
    }

    /** What it is unless told otherwise; empty if somebody has to tell. */
    public Optional<String> fallback() {
        return required ? Optional.empty() : Optional.of(fallback);
    }

    /** Whether its value is never shown. */
    public boolean isSecret() {
        return secret;
    }

    T read(String given) {
        if (given == null && required) {
            throw new InvalidSettingException(key, key + " is not set, but must be " + limit + ": " + description);
        }
        String text = given == null ? fallback : given;
        return reader.apply(text)
                .orElseThrow(() -> new InvalidSettingException(
                        key, key + " is \"" + shown(text) + "\", but must be " + limit + "."));
    }

    String shown(String text) {
        return secret && !text.isEmpty() ? "***" : text;
    }

    private static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    default -> Duration.ofHours(amount);
                });
    }

    private static String text(Duration duration) {
        if (duration.toMillis() % 1000 != 0) {
            return duration.toMillis() + "ms";
        }
        long seconds = duration.toSeconds();
        if (seconds % 3600 == 0 && seconds > 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
