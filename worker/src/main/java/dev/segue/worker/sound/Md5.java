package dev.segue.worker.sound;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The sum by which FLAC files know their samples. */
final class Md5 {
    private Md5() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
