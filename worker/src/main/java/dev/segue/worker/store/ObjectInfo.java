package dev.segue.worker.store;

/**
 * What lies under a key.
 *
 * @param key its key
 * @param mediaType what it is
 * @param bytes its size
 * @param sha256 its SHA-256, 64 hexadecimal digits; empty if whoever put it there did not say
 */
public record ObjectInfo(String key, String mediaType, long bytes, String sha256) {}
