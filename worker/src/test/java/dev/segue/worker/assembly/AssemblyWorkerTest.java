package dev.segue.worker.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.ReceptiveField;
import dev.segue.contracts.record.AudioPrompt;
import dev.segue.contracts.record.AudioSegment;
import dev.segue.contracts.record.AudioSegmentKind;
import dev.segue.contracts.record.AudioTask;
import dev.segue.contracts.record.AudioTaskKind;
import dev.segue.contracts.record.CodeBytes;
import dev.segue.contracts.record.ComposeSong;
import dev.segue.contracts.record.DecodeRange;
import dev.segue.contracts.record.LevelCodes;
import dev.segue.contracts.record.PrepareSong;
import dev.segue.contracts.record.RangeStored;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.SongWords;
import dev.segue.contracts.store.S3Access;
import dev.segue.contracts.window.CodeRange;
import dev.segue.embedded.Infrastructure;
import dev.segue.embedded.SharedServers;
import dev.segue.worker.audio.Pcm16;
import dev.segue.worker.jukebox.ChunkedDecoder;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.jukebox.UntrainedModel;
import dev.segue.worker.jukebox.VqVae;
import dev.segue.worker.sound.SoundReader;
import dev.segue.worker.store.ObjectStore;
import dev.segue.worker.store.StoreException;
import dev.segue.worker.tasks.TestInstallation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** The role as a whole, on real servers. */
@ExtendWith(SharedServers.class)
class AssemblyWorkerTest {
    private static final Duration LOCK = Duration.ofSeconds(2);
    private static final int RATE = 22_050;
    private static final int LEVEL = 2;
    private static final int HOP = 128;

    @TempDir
    private static Path folder;

    private static ModelCard card;
    private static ModelFolder model;
    private static TestInstallation servers;
    private static S3Access access;
    private static S3Client client;
    private static ObjectStore store;

    @BeforeAll
    static void setUp(Infrastructure infrastructure) throws Exception {
        model = UntrainedModel.write(folder.resolve("models/untrained"), 1);
        card = model.card();
        servers = new TestInstallation(
                infrastructure.bootstrapServers(), infrastructure.registryUrl(), "assembly.", LOCK);
        access = Workbench.access(infrastructure.s3());
        client = access.client();
        store = new ObjectStore(client, Infrastructure.BUCKET);
    }

    @AfterAll
    static void tearDown() throws IOException {
        client.close();
        servers.close();
    }

    @Test
    void aSongIsPreparedDecodedAndComposed() throws Exception {
        int total = 400;
        int[] codes = new Random(3).ints(total, 0, card.codes()).toArray();
        store.put("prompts/whole-role.wav", PromptFiles.wav(PromptFiles.tone(RATE, RATE), RATE), "audio/wav");
        try (AssemblyWorker worker = worker("one", "scratch-one")) {
            worker.start();
            SongWords words = new SongWords("luna march", "jazz", "Oh moon", (long) total * HOP, 0L);
            give(task("whole", AudioTaskKind.PREPARE)
                    .setPrepare(PrepareSong.newBuilder()
                            .setWords(words)
                            .setSampleLength((long) total * HOP)
                            .setFinestLevel(0)
                            .setAudioPrompt(new AudioPrompt("prompts/whole-role.wav", null))
                            .build()));
            List<AudioSegment> prepared = answers("whole", 4);
            assertThat(prepared)
                    .extracting(AudioSegment::getKind)
                    .containsExactly(
                            AudioSegmentKind.PROMPT_CODES,
                            AudioSegmentKind.PROMPT_CODES,
                            AudioSegmentKind.PROMPT_CODES,
                            AudioSegmentKind.PREPARED);
            assertThat(prepared.get(3).getPrepared().getPromptCodes()).containsExactly(172 * 16, 172 * 4, 172);

            give(decode("whole", codes, 0, 150));
            give(decode("whole", codes, 150, total));
            List<RangeStored> ranges = answers("whole", 6).subList(4, 6).stream()
                    .map(AudioSegment::getStored)
                    .sorted(Comparator.comparing(RangeStored::getStart))
                    .toList();

            give(task("whole", AudioTaskKind.COMPOSE)
                    .setCompose(ComposeSong.newBuilder()
                            .setRequest(SongRequest.newBuilder()
                                    .setSongId("whole")
                                    .setModel(card.name())
                                    .setDurationSeconds(2)
                                    .build())
                            .setSeed(1)
                            .setWords(words)
                            .setSampleLength((long) total * HOP)
                            .setLevels(List.of(new LevelCodes(LEVEL, total, 172, ranges, List.of())))
                            .setRequestedAt(Instant.now())
                            .setAdmittedAt(Instant.now())
                            .build()));
            AudioSegment composed = answers("whole", 7).get(6);
            assertThat(composed.getKind()).isEqualTo(AudioSegmentKind.COMPOSED);
            assertThat(composed.getComposed().getObjects().get(4).getKey()).isEqualTo("songs/whole/manifest.json");
            try (SoundReader song = SoundReader.open("song", store.open("songs/whole/song.flac"), RATE);
                    VqVae vqVae = model.vqVae(Device.cpu())) {
                long[] wide = Arrays.stream(codes).asLongStream().toArray();
                float[] whole = new ChunkedDecoder(vqVae.level(LEVEL)).decode(wide, new CodeRange(0, total), total);
                assertThat(Pcm16.of(song.readAll())).containsExactly(Pcm16.of(whole));
            }
        }
    }

    @Test
    void twoWorkersShareRangesAndEveryOneIsAnswered() throws Exception {
        int[] codes = new Random(4).ints(600, 0, card.codes()).toArray();
        try (AssemblyWorker one = worker("one", "scratch-one");
                AssemblyWorker two = worker("two", "scratch-two")) {
            one.start();
            two.start();
            for (int start = 0; start < 600; start += 50) {
                give(decode("shared", codes, start, start + 50));
            }
            List<AudioSegment> stored = answers("shared", 12);
            assertThat(stored).allMatch(answer -> answer.getKind() == AudioSegmentKind.STORED);
            assertThat(stored.stream().map(AudioSegment::getStart).sorted().toList())
                    .containsExactly(0, 50, 100, 150, 200, 250, 300, 350, 400, 450, 500, 550);
            assertThat(stored).extracting(AudioSegment::getWorker).contains("one", "two");
        }
    }

    @Test
    void aStoppedSongIsDroppedAndAnotherIsServed() throws Exception {
        int[] codes = new Random(5).ints(100, 0, card.codes()).toArray();
        servers.stop("cancelled");
        try (AssemblyWorker worker = worker("one", "scratch-one")) {
            worker.start();
            give(decode("cancelled", codes, 0, 100));
            give(decode("wanted", codes, 0, 100));
            assertThat(answers("wanted", 1).get(0).getKind()).isEqualTo(AudioSegmentKind.STORED);
            TestInstallation.await(
                    "the stopped song's task to be let go",
                    () -> worker.counts().skipped() == 1);
        }
        assertThat(store.head("songs/cancelled/level-2/0-100.flac")).isEmpty();
    }

    @Test
    void aTaskOfAModelThatNobodyHasFailsAloneAndTheNextIsServed() throws Exception {
        int[] codes = new Random(6).ints(100, 0, card.codes()).toArray();
        try (AssemblyWorker worker = worker("one", "scratch-one")) {
            worker.start();
            give(decode("unheard", codes, 0, 100).setModel("nobodys"));
            give(decode("heard", codes, 0, 100));
            assertThat(answers("unheard", 1).get(0).getFailure().getMessage())
                    .startsWith("the model nobodys cannot be used: ");
            assertThat(answers("heard", 1).get(0).getKind()).isEqualTo(AudioSegmentKind.STORED);
        }
    }

    @Test
    void aBucketThatIsNotThereIsSaidAtTheStart() {
        try (AssemblyWorker worker = new AssemblyWorker(config("one", "scratch-one", "nowhere"))) {
            assertThatThrownBy(worker::start)
                    .isInstanceOf(StoreException.Missing.class)
                    .hasMessageContaining("s3://nowhere/");
        }
    }

    private static AssemblyWorker worker(String name, String scratch) {
        return new AssemblyWorker(config(name, scratch, Infrastructure.BUCKET));
    }

    private static AssemblyConfig config(String name, String scratch, String bucket) {
        return new AssemblyConfig(
                servers.installation(),
                name,
                2,
                Device.cpu(),
                1,
                folder.toString(),
                folder.resolve("cache"),
                1,
                access,
                bucket,
                folder.resolve(scratch),
                Duration.ofSeconds(10));
    }

    private static AudioTask.Builder task(String song, AudioTaskKind kind) {
        return AudioTask.newBuilder()
                .setSongId(song)
                .setModel(card.name())
                .setModelDigest(card.digest())
                .setAttempt(0)
                .setEmittedAt(Instant.now())
                .setKind(kind);
    }

    private static AudioTask.Builder decode(String song, int[] codes, int start, int end) {
        CodeRange needed = new ReceptiveField(card.vqVae().shape(), LEVEL)
                .decoderTiles()
                .needed(new CodeRange(start, end), codes.length);
        return task(song, AudioTaskKind.DECODE)
                .setDecode(DecodeRange.newBuilder()
                        .setLevel(LEVEL)
                        .setStart(start)
                        .setEnd(end)
                        .setTotalCodes(codes.length)
                        .setCodesStart(needed.start())
                        .setCodes(CodeBytes.of(Arrays.copyOfRange(codes, needed.start(), needed.end())))
                        .build());
    }

    private static void give(AudioTask.Builder task) {
        servers.send(servers.topics().audioTasks(), task.getSongId(), task.build());
    }

    /** The first answers about a song, in the order in which they were written. */
    private static List<AudioSegment> answers(String song, int count) {
        List<AudioSegment> all = servers.read(
                servers.topics().audioSegments(), read -> about(song, read).size() >= count);
        return about(song, all);
    }

    private static List<AudioSegment> about(String song, List<AudioSegment> all) {
        return new ArrayList<>(
                all.stream().filter(answer -> answer.getSongId().equals(song)).toList());
    }
}
