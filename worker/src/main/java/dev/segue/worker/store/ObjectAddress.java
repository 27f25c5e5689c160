package dev.segue.worker.store;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where an object is.
 *
 * @param bucket its bucket
 * @param key its key there
 */
public record ObjectAddress(String bucket, String key) {
    private static final String SCHEME = "s3://";
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final int LONGEST_KEY = 1024;

    public ObjectAddress {
        Objects.requireNonNull(bucket, "bucket is null");
        Objects.requireNonNull(key, "key is null");
    }

    /**
     * The object that people mean.
     *
     * @param text a key, or {@code s3://bucket/key}
     * @param bucket of a key that stands alone
     * @throws IllegalArgumentException if it is neither
     */
    public static ObjectAddress parse(String text, String bucket) {
        String itsBucket = bucket;
        String key = text;
        if (text.startsWith(SCHEME)) {
            int slash = text.indexOf('/', SCHEME.length());
            itsBucket = text.substring(SCHEME.length(), slash < 0 ? text.length() : slash);
            key = slash < 0 ? "" : text.substring(slash + 1);
            if (!BUCKET.matcher(itsBucket).matches()) {
                throw new IllegalArgumentException(
                        "the bucket in " + text
                                + " is not one: it takes 3 to 63 of a-z, 0-9, dot and dash, the first and last a letter or digit");
            }
        } else if (text.contains("://")) {
            throw new IllegalArgumentException(
                    text + " is of another kind than s3://bucket/key or a key in Segue's bucket");
        }
        int bytes = key.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > LONGEST_KEY || key.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the key in \"" + text + "\" has " + bytes
                    + " bytes, but a key has from 1 to " + LONGEST_KEY + " and no control characters");
        }
        return new ObjectAddress(itsBucket, key);
    }

    @Override
    public String toString() {
        return SCHEME + bucket + "/" + key;
    }
}
