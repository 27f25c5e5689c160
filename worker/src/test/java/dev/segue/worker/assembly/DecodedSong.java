package dev.segue.worker.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.ReceptiveField;
import dev.segue.contracts.record.AudioFormat;
import dev.segue.contracts.record.AudioSegment;
import dev.segue.contracts.record.AudioSegmentKind;
import dev.segue.contracts.record.AudioTaskKind;
import dev.segue.contracts.record.CodeBytes;
import dev.segue.contracts.record.ComposeSong;
import dev.segue.contracts.record.DecodeRange;
import dev.segue.contracts.record.LevelCodes;
import dev.segue.contracts.record.LyricsAligned;
import dev.segue.contracts.record.RangeStored;
import dev.segue.contracts.record.SampleDepth;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.SongWords;
import dev.segue.contracts.record.TimelineEntry;
import dev.segue.contracts.record.UnknownWord;
import dev.segue.contracts.record.WorkTimes;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Tiles;
import dev.segue.worker.sampling.SongCodes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** A song whose codes are all there and whose ranges lie in the store: what composing begins with. */
final class DecodedSong {
    static final Instant REQUESTED = Instant.parse("2026-01-02T03:04:05Z");
    static final String LYRICS = "Oh moon\nof 1999";

    private final Workbench bench;
    final String id;
    final SongCodes codes;
    final long samples;
    final List<LevelCodes> levels = new ArrayList<>();
    private final SampleDepth depth;

    /** Decodes random codes in ranges of odd lengths, of all levels from {@code finest} up. */
    DecodedSong(Workbench bench, String id, int topCodes, int finest, SampleDepth depth) throws Exception {
        this.bench = bench;
        this.id = id;
        this.depth = depth;
        ModelCard card = bench.card();
        Random random = new Random(id.hashCode());
        int topHop = card.levels().get(2).hop();
        this.samples = (long) topCodes * topHop;
        this.codes = SongCodes.of(IntStream.range(0, 3)
                .mapToObj(level -> random.ints(
                                level < finest
                                        ? 0
                                        : samples / card.levels().get(level).hop(),
                                0,
                                card.codes())
                        .toArray())
                .toList());
        for (int level = finest; level < 3; level++) {
            levels.add(decode(level));
        }
    }

    private LevelCodes decode(int level) throws Exception {
        int total = codes.length(level);
        List<RangeStored> ranges = new ArrayList<>();
        int length = total / 3 + 1;
        for (int start = 0; start < total; start += length) {
            ranges.add(decode(level, new CodeRange(start, Math.min(total, start + length))));
        }
        return new LevelCodes(level, total, 0, ranges, List.of());
    }

    private RangeStored decode(int level, CodeRange range) throws Exception {
        Tiles tiles = new ReceptiveField(bench.card().vqVae().shape(), level).decoderTiles();
        CodeRange needed = tiles.needed(range, codes.length(level));
        AudioSegment answer = bench.answer(bench.task(AudioTaskKind.DECODE)
                        .setSongId(id)
                        .setDecode(DecodeRange.newBuilder()
                                .setLevel(level)
                                .setStart(range.start())
                                .setEnd(range.end())
                                .setTotalCodes(codes.length(level))
                                .setCodesStart(needed.start())
                                .setCodes(CodeBytes.of(
                                        Arrays.copyOfRange(codes.level(level), needed.start(), needed.end())))
                                .setSampleDepth(depth)
                                .build())
                        .build())
                .last();
        assertThat(answer.getKind()).as(answer.toString()).isEqualTo(AudioSegmentKind.STORED);
        return answer.getStored();
    }

    /** What the orchestrator asks for when all of it is there. */
    ComposeSong.Builder task() {
        Instant admitted = REQUESTED.plusSeconds(2);
        return ComposeSong.newBuilder()
                .setRequest(SongRequest.newBuilder()
                        .setSongId(id)
                        .setModel(bench.card().name())
                        .setArtist("Luna March")
                        .setGenres(List.of("jazz"))
                        .setLyrics(LYRICS)
                        .setDurationSeconds(samples / 22_050.0)
                        .setFormats(List.<AudioFormat>of())
                        .setSampleDepth(depth)
                        .build())
                .setSeed(42)
                .setWords(new SongWords("Luna March", "jazz", LYRICS, samples, 0L))
                .setSampleLength(samples)
                .setLevels(levels)
                .setUnknownWords(List.of(new UnknownWord(0, "genres", "jazz")))
                .setRequestedAt(REQUESTED)
                .setAdmittedAt(admitted)
                .setTimeline(List.of(
                        entry("sample", admitted, admitted.plusSeconds(3)),
                        entry("sample", admitted.plusSeconds(1), admitted.plusSeconds(6)),
                        entry("decode", admitted.plusSeconds(4), admitted.plusSeconds(7))))
                .setDuplicates(1);
    }

    /** Every character that is heard is sung, one code each; spaces are not. */
    LyricsAligned aligned() {
        List<Integer> first = new ArrayList<>();
        List<Integer> end = new ArrayList<>();
        for (int i = 0; i < LYRICS.length(); i++) {
            boolean sung = !Character.isWhitespace(LYRICS.charAt(i));
            first.add(sung ? 10 * i : -1);
            end.add(sung ? 10 * i + 5 : -1);
        }
        return new LyricsAligned(first, end, new WorkTimes(REQUESTED, REQUESTED, 0L, 0L, 0L));
    }

    private static TimelineEntry entry(String work, Instant started, Instant finished) {
        return new TimelineEntry(work, 0, 0, 100, started, started, finished, finished, 1L, 0, "someone");
    }
}
