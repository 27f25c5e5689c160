package dev.segue.worker.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.model.ReceptiveField;
import dev.segue.contracts.record.AudioSegment;
import dev.segue.contracts.record.AudioSegmentKind;
import dev.segue.contracts.record.AudioTaskKind;
import dev.segue.contracts.record.CodeBytes;
import dev.segue.contracts.record.DecodeRange;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.RangeStored;
import dev.segue.contracts.record.SampleDepth;
import dev.segue.contracts.record.Seam;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Tiles;
import dev.segue.worker.audio.Pcm16;
import dev.segue.worker.jukebox.ChunkedDecoder;
import dev.segue.worker.sound.SoundPiece;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangeDecodingTest {
    private static final int LEVEL = 1;
    private static final int TOTAL = 6000;
    private static final int HOP = 32;

    @TempDir
    private static Path folder;

    private static Workbench bench;
    private static int[] codes;

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        bench = new Workbench(folder);
        codes = new Random(5).ints(TOTAL, 0, bench.card().codes()).toArray();
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void piecesJoinedAreTheWholeSongBitForBit() throws Exception {
        short[] whole = Pcm16.of(whole(codes));
        for (int start = 0; start < TOTAL; start += 1700) {
            int end = Math.min(TOTAL, start + 1700);
            RangeStored stored = stored(range(start, end).build());

            assertThat(stored.getSamples()).isEqualTo((long) (end - start) * HOP);
            assertThat(stored.getAudio().getKey()).isEqualTo("songs/song-1/level-1/" + start + "-" + end + ".flac");
            assertThat(stored.getCodes().getKey()).isEqualTo("songs/song-1/level-1/" + start + "-" + end + ".codes");
            assertThat(shorts(stored)).containsExactly(Arrays.copyOfRange(whole, start * HOP, end * HOP));
            assertThat(bench.store.read(stored.getCodes().getKey(), 1 << 20))
                    .isEqualTo(
                            CodeBytes.of(Arrays.copyOfRange(codes, start, end)).array());
        }
    }

    @Test
    void theSameTaskGivesTheSameBytes() throws Exception {
        RangeStored once = stored(range(100, 900).build());
        byte[] before = bench.store.read(once.getAudio().getKey(), 1 << 22);
        RangeStored again = stored(range(100, 900).build());

        assertThat(again.getAudio()).isEqualTo(once.getAudio());
        assertThat(again.getCodes()).isEqualTo(once.getCodes());
        assertThat(bench.store.read(once.getAudio().getKey(), 1 << 22)).isEqualTo(before);
        assertThat(once.getAudio().getBytes()).isEqualTo(before.length);
        assertThat(once.getAudio().getMediaType()).isEqualTo("audio/flac");
    }

    @Test
    void aPieceHasTheDepthThatWasAskedFor() throws Exception {
        RangeStored deep = stored(range(0, 50).setSampleDepth(SampleDepth.PCM24).build());
        int[] samples = samples(deep);
        float[] whole = whole(codes);
        for (int i = 0; i < samples.length; i++) {
            assertThat(samples[i]).isEqualTo((int) Math.floor(whole[i] * (1 << 23)));
        }
    }

    @Test
    void soundFadesFromATailAndIsTheSongsOwnOutsideOfIt() throws Exception {
        int at = 3000;
        int[] tail = new Random(6).ints(64, 0, bench.card().codes()).toArray();
        List<Seam> seams = List.of(new Seam(at, CodeBytes.of(tail)));
        short[] own = Pcm16.of(whole(codes));
        int[] replaced = codes.clone();
        System.arraycopy(tail, 0, replaced, at, tail.length);
        float[] went = whole(replaced);

        short[] faded = shorts(stored(range(2900, 3100).setSeams(seams).build()));

        int first = 2900 * HOP;
        int from = at * HOP;
        int to = (at + tail.length) * HOP;
        for (int i = 0; i < faded.length; i++) {
            if (first + i <= from || first + i >= to) {
                assertThat(faded[i]).as("sample %d outside the tail", i).isEqualTo(own[first + i]);
            }
        }
        int full = from + SeamFade.LONGEST_RISE;
        assertThat(faded[full - first]).as("the tail's sound").isEqualTo(Pcm16.of(went)[full]);
        assertThat(Arrays.mismatch(faded, Arrays.copyOfRange(own, first, first + faded.length)))
                .isBetween(from - first + 1, full - first);
    }

    @Test
    void aFadeIsTheSameHoweverItIsCutIntoRanges() throws Exception {
        int[] tail = new Random(7).ints(300, 0, bench.card().codes()).toArray();
        List<Seam> seams = List.of(new Seam(2000, CodeBytes.of(tail)));
        short[] one = shorts(stored(range(1900, 2500).setSeams(seams).build()));
        short[] left = shorts(stored(range(1900, 2111).setSeams(seams).build()));
        short[] right = shorts(stored(range(2111, 2500).setSeams(seams).build()));

        assertThat(left).containsExactly(Arrays.copyOf(one, left.length));
        assertThat(right).containsExactly(Arrays.copyOfRange(one, left.length, one.length));
    }

    @Test
    void itSaysWhenItWasDone() throws Exception {
        AudioSegment answer = bench.answer(bench.decode(range(0, 10).build())).last();

        assertThat(answer.getTask()).isEqualTo(AudioTaskKind.DECODE);
        assertThat(answer.getLevel()).isEqualTo(LEVEL);
        assertThat(answer.getStart()).isZero();
        assertThat(answer.getWorker()).isEqualTo(Workbench.WORKER);
        assertThat(answer.getStored().getTimes().getFinishedAt())
                .isAfterOrEqualTo(answer.getStored().getTimes().getStartedAt());
    }

    @Test
    void aTaskThatContradictsItsModelIsRefusedForGood() throws Exception {
        assertThat(failure(range(0, 10).setLevel(3).build()))
                .isEqualTo("level is 3, but the model untrained has levels 0 to 2");
        assertThat(failure(range(0, 10).setEnd(0).build()))
                .isEqualTo("the range [0, 0) is empty or beyond the song's 6000 codes of level 1");
        assertThat(failure(range(0, 10).setCodesStart(1).build())).contains("which takes exactly [0, ");
        assertThat(failure(range(0, 10).setCodes(CodeBytes.of(1, 2)).build()))
                .startsWith("codes [0, 2) are given for the sound of [0, 10), which takes exactly [0, ");
        assertThat(failure(range(0, 10).setCodes(CodeBytes.of(999)).build()))
                .isEqualTo("code is 999, but the model has codes 0 to 255");
        assertThat(failure(range(0, 10).setSampleDepth(SampleDepth.UNKNOWN).build()))
                .isEqualTo("sampleDepth is UNKNOWN, but must be PCM16 or PCM24 for this version");
    }

    @Test
    void aModelThatIsNotThereIsAFailureThatSaysSo() throws Exception {
        AudioSegment answer = bench.answer(bench.task(AudioTaskKind.DECODE)
                        .setDecode(range(0, 10).build())
                        .setModelDigest("0".repeat(64))
                        .build())
                .last();
        assertThat(answer.getFailure().getReason()).isEqualTo(FailureReason.MODEL_UNAVAILABLE);
        assertThat(answer.getFailure().getMessage()).contains("the model untrained cannot be used", "another version");
    }

    @Test
    void aStoppedSongIsDropped() throws Exception {
        bench.stopped.add(Workbench.SONG);
        try {
            assertThat(bench.answer(bench.decode(range(0, 10).build())).last()).isNull();
        } finally {
            bench.stopped.clear();
        }
        assertThat(bench.scratch).isEmptyDirectory();
    }

    private static String failure(DecodeRange range) throws Exception {
        AudioSegment answer = bench.answer(bench.decode(range)).last();
        assertThat(answer.getKind()).isEqualTo(AudioSegmentKind.FAILED);
        assertThat(answer.getFailure().getReason()).isEqualTo(FailureReason.INVALID_TASK);
        assertThat(answer.getFailure().getRetryable()).isFalse();
        return answer.getFailure().getMessage();
    }

    private static RangeStored stored(DecodeRange range) throws Exception {
        AudioSegment answer = bench.answer(bench.decode(range)).last();
        assertThat(answer.getKind()).as(String.valueOf(answer.getFailure())).isEqualTo(AudioSegmentKind.STORED);
        return answer.getStored();
    }

    private static DecodeRange.Builder range(int start, int end) {
        Tiles tiles = new ReceptiveField(bench.card().vqVae().shape(), LEVEL).decoderTiles();
        CodeRange needed = tiles.needed(new CodeRange(start, end), TOTAL);
        return DecodeRange.newBuilder()
                .setLevel(LEVEL)
                .setStart(start)
                .setEnd(end)
                .setTotalCodes(TOTAL)
                .setCodesStart(needed.start())
                .setCodes(CodeBytes.of(Arrays.copyOfRange(codes, needed.start(), needed.end())));
    }

    private static float[] whole(int[] all) throws Exception {
        long[] wide = Arrays.stream(all).asLongStream().toArray();
        return bench.models.withVqVae(
                new ModelRef(bench.card().name(), bench.card().digest()),
                vqVae -> new ChunkedDecoder(vqVae.level(LEVEL)).decode(wide, new CodeRange(0, TOTAL), TOTAL));
    }

    private static short[] shorts(RangeStored stored) throws IOException {
        int[] samples = samples(stored);
        short[] narrow = new short[samples.length];
        IntStream.range(0, narrow.length).forEach(i -> narrow[i] = (short) samples[i]);
        return narrow;
    }

    private static int[] samples(RangeStored stored) throws IOException {
        String key = stored.getAudio().getKey();
        try (SoundPiece piece = SoundPiece.open(key, bench.store.open(key))) {
            int[] samples = new int[Math.toIntExact(piece.samples())];
            assertThat(piece.read(samples)).isEqualTo(samples.length);
            return samples;
        }
    }
}
