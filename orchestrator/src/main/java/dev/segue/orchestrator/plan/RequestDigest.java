package dev.segue.orchestrator.plan;

import dev.segue.contracts.record.AudioPrompt;
import dev.segue.contracts.record.EarlierSong;
import dev.segue.contracts.record.LevelSampling;
import dev.segue.contracts.record.SongRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * Tells whether two requests are the same.
 *
 * <p>What is digested are names and values of fields as text, each behind its length, so that no two requests give the
 * same bytes. Lists whose order means nothing are sorted.
 */
public final class RequestDigest {
    private final MessageDigest digest = Sha256.digest();

    private RequestDigest() {}

    /**
     * SHA-256 of everything that a request asks for, 64 hexadecimal digits. Equal exactly if the requests are. Fields that
     * hold their default do not count, so that a new field of the schema changes no digest.
     */
    public static String of(SongRequest request) {
        RequestDigest digest = new RequestDigest();
        digest.put("songId", request.getSongId());
        digest.put("model", request.getModel());
        digest.put("artist", request.getArtist(), "");
        digest.put("genres", request.getGenres());
        digest.put("lyrics", request.getLyrics(), "");
        digest.put("durationSeconds", request.getDurationSeconds());
        digest.put("totalDurationSeconds", request.getTotalDurationSeconds(), null);
        digest.put("offsetSeconds", request.getOffsetSeconds(), 0.0);
        digest.put("seed", request.getSeed(), null);
        request.getSampling().stream()
                .sorted(Comparator.comparingInt(LevelSampling::getLevel))
                .forEach(digest::put);
        digest.put(request.getAudioPrompt());
        digest.put(request.getEarlierSong());
        digest.put("finestLevel", request.getFinestLevel(), 0);
        digest.put("parallelSegments", request.getParallelSegments(), 1);
        digest.put("priority", request.getPriority(), 0);
        digest.put(
                "deadline",
                request.getDeadline() == null ? null : request.getDeadline().toEpochMilli(),
                null);
        digest.put(
                "formats",
                request.getFormats().stream()
                        .map(Enum::name)
                        .sorted()
                        .distinct()
                        .toList());
        digest.put("sampleDepth", request.getSampleDepth().name(), "PCM16");
        digest.put("tenant", request.getTenant(), "default");
        digest.put("callbackUrl", request.getCallbackUrl(), null);
        return HexFormat.of().formatHex(digest.digest.digest());
    }

    private void put(LevelSampling sampling) {
        put("sampling.level", sampling.getLevel());
        put("sampling.temperature", sampling.getTemperature(), 0.99);
        put("sampling.topK", sampling.getTopK(), 0);
        put("sampling.topP", sampling.getTopP(), 0.0);
    }

    private void put(AudioPrompt prompt) {
        if (prompt != null) {
            put("audioPrompt.object", prompt.getObject());
            put("audioPrompt.seconds", prompt.getSeconds(), null);
        }
    }

    private void put(EarlierSong song) {
        if (song != null) {
            put("earlierSong.songId", song.getSongId());
            put("earlierSong.use", song.getUse().name());
            put("earlierSong.seconds", song.getSeconds(), null);
        }
    }

    private void put(String field, Object value, Object usual) {
        if (!Objects.equals(value, usual)) {
            put(field, value);
        }
    }

    private void put(String field, List<String> values) {
        values.forEach(value -> put(field, (Object) value));
    }

    private void put(String field, Object value) {
        bytes(field);
        bytes(value.toString());
    }

    private void bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }
}
