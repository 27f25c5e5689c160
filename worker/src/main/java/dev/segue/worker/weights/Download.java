package dev.segue.worker.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Fetches files so that they appear whole and verified or not at all. What has arrived lies beside the target under a
 * hidden name, with the version it belongs to, and the next try goes on from there, also in another process. One process
 * at a time may fetch a target; {@link FolderLock} sees to that.
 */
final class Download {
    private final ModelSource source;
    private final RetryPolicy retries;

    Download(ModelSource source, RetryPolicy retries) {
        this.source = source;
        this.retries = retries;
    }

    /** Hears of bytes that arrived. */
    @FunctionalInterface
    interface Progress {
        /** {@code received} of {@code total} bytes are here, about once a megabyte; -1 if nobody knows the total. */
        void received(long received, long total);
    }

    /**
     * Fetches {@code path} to {@code target}.
     *
     * @throws WeightsException if there is no such file, its content is not what was promised, the disk cannot take it,
     *     or the transfer broke off too often
     */
    void fetch(String path, Path target, Promise promise, Progress progress) throws IOException {
        Partial partial = Partial.of(target);
        int failures = 0;
        boolean mayStartAnew = true;
        while (true) {
            long before = partial.bytes();
            try {
                boolean resumed = receive(path, partial, promise, progress);
                if (matches(path, partial, promise, resumed && mayStartAnew)) {
                    partial.complete();
                    return;
                }
                mayStartAnew = false;
                failures++;
            } catch (WeightsException e) {
                throw e;
            } catch (IOException e) {
                failures = partial.bytes() > before ? 1 : failures + 1;
                if (failures >= retries.attempts()) {
                    throw new WeightsException.Interrupted(
                            "%s broke off %d times in a row at byte %d (%s); what arrived is kept, try again later"
                                    .formatted(source.describe(path), failures, partial.bytes(), e.getMessage()),
                            e);
                }
            }
            retries.pause(failures);
        }
    }

    /** Receives what is missing and tells whether there was something before. */
    private boolean receive(String path, Partial partial, Promise promise, Progress progress) throws IOException {
        Optional<String> validator = partial.validator();
        boolean trusted = validator.isPresent() || promise.sha256().isPresent();
        long have = trusted ? partial.bytes() : 0;
        if (have > promise.bytes().orElse(Long.MAX_VALUE)) {
            have = 0;
        }
        if (have > 0 && have == promise.bytes().orElse(-1)) {
            return true;
        }
        try (Transfer transfer = source.open(path, have, validator)) {
            long total = transfer.total().orElse(promise.bytes().orElse(-1));
            if (promise.bytes().isPresent() && total != promise.bytes().getAsLong()) {
                throw new WeightsException.WrongContent("%s has %d bytes, but %d were promised; is it another version?"
                        .formatted(source.describe(path), total, promise.bytes().getAsLong()));
            }
            partial.begin(transfer.validator());
            long end = copy(transfer, partial, total, progress, path);
            if (end < total) {
                throw new IOException("the transfer ended at byte %d of %d".formatted(end, total));
            }
            return transfer.from() > 0;
        }
    }

    private long copy(Transfer transfer, Partial partial, long total, Progress progress, String path)
            throws IOException {
        byte[] piece = new byte[FileBytes.CHUNK];
        long at = transfer.from();
        try (FileChannel channel = partial.open(at)) {
            for (int n = transfer.body().read(piece);
                    n >= 0;
                    n = transfer.body().read(piece)) {
                if (total >= 0 && at + n > total) {
                    throw new WeightsException.WrongContent("%s gives more than its %d bytes; is it another version?"
                            .formatted(source.describe(path), total));
                }
                partial.write(channel, at, ByteBuffer.wrap(piece, 0, n));
                at += n;
                if (at == total || at / FileBytes.CHUNK != (at - n) / FileBytes.CHUNK) {
                    progress.received(at, total);
                }
            }
            channel.force(true);
        }
        return at;
    }

    /** Whether the whole file is the promised one. A resumed file that is not gets one more chance, from its start. */
    private boolean matches(String path, Partial partial, Promise promise, boolean mayStartAnew) throws IOException {
        if (promise.sha256().isEmpty()) {
            return true;
        }
        String actual = Sha256.of(partial.file());
        if (actual.equals(promise.sha256().get())) {
            return true;
        }
        partial.discard();
        if (mayStartAnew) {
            return false;
        }
        throw new WeightsException.WrongContent("%s has the SHA-256 %s, but %s was promised; is it another version?"
                .formatted(source.describe(path), actual, promise.sha256().get()));
    }
}
