package dev.segue.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.client.SongOrders;
import dev.segue.contracts.record.AudioPrompt;
import dev.segue.contracts.record.EarlierSong;
import dev.segue.contracts.record.EarlierSongUse;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.embedded.Ports;
import dev.segue.standalone.models.Home;
import dev.segue.standalone.serve.LocalModels;
import dev.segue.standalone.serve.LocalSegue;
import dev.segue.standalone.serve.LocalSettings;
import dev.segue.standalone.songs.SongObjects;
import dev.segue.worker.jukebox.UntrainedModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Codes of whole songs made by all parts together, held to those of the sampler run directly in one process. */
class FourModesTest {
    private static final int RATE = 22_050;
    private static final String SECONDS = "3";

    @TempDir
    private static Path folder;

    @Test
    void songsOfAllModesHaveTheCodesOfTheSamplerForOneWorkerAndForThree() throws IOException, InterruptedException {
        Path tone = tone(folder.resolve("tone.wav"));
        sample("ancestral", "--seed", "3", "--artist", "luna march", "--genre", "jazz");
        sample("continue", "--seed", "4", "--continue", file("ancestral"), "--prompt-seconds", "1.5");
        sample("upsample", "--seed", "6", "--upsample", file("ancestral"));
        sample("primed", "--seed", "5", "--prompt", tone.toString());
        for (int workers : new int[] {1, 3}) {
            Map<String, String> variables = Map.of("SEGUE_WORKER_SLOTS", "2", "SEGUE_WORKER_THREADS", "1");
            Home home = new Home(folder.resolve("home"));
            try (LocalSegue segue = LocalSegue.start(
                    home,
                    new LocalSettings(Ports.free(), workers, false, variables),
                    LocalModels.of(home, UntrainedModel.NAME))) {
                held(segue.cluster(), workers, tone);
            }
        }
    }

    private void held(Cluster cluster, int workers, Path tone) throws IOException, InterruptedException {
        String of = "-of-" + workers;
        try (SongOrders orders = new SongOrders(cluster);
                SongObjects objects = new SongObjects(cluster)) {
            String first = "ancestral" + of;
            orders.submit(Songs.request(first, 3)
                    .setSeed(3L)
                    .setArtist("luna march")
                    .setGenres(List.of("jazz"))
                    .build());
            equal(cluster, first, "ancestral");
            orders.submit(Songs.request("continue" + of, 3)
                    .setSeed(4L)
                    .setEarlierSong(new EarlierSong(first, EarlierSongUse.CONTINUE, 1.5))
                    .build());
            orders.submit(Songs.request("upsample" + of, 3)
                    .setSeed(6L)
                    .setEarlierSong(new EarlierSong(first, EarlierSongUse.UPSAMPLE, null))
                    .build());
            orders.submit(Songs.request("primed" + of, 3)
                    .setSeed(5L)
                    .setAudioPrompt(new AudioPrompt(objects.putPrompt(tone), null))
                    .build());
            for (String mode : List.of("continue", "upsample", "primed")) {
                equal(cluster, mode + of, mode);
            }
        }
    }

    private static void equal(Cluster cluster, String song, String mode) throws IOException {
        SongEvent end = Songs.end(cluster, song);
        assertThat(end.getKind()).as(end.toString()).isEqualTo(SongEventKind.COMPLETED);
        List<int[]> made = Songs.codes(cluster, end, folder.resolve("made"));
        List<int[]> sampled = Songs.codes(Path.of(file(mode)));
        for (int level = 0; level < sampled.size(); level++) {
            assertThat(made.get(level)).as("%s, level %d", song, level).isEqualTo(sampled.get(level));
        }
        assertThat(Arrays.stream(made.get(0)).distinct().count()).isGreaterThan(50);
    }

    private static void sample(String name, String... options) {
        List<String> line =
                new ArrayList<>(List.of("sample", "--model", "untrained", "--seconds", SECONDS, "--threads", "1"));
        line.addAll(List.of("--home", folder.resolve("home").toString()));
        line.addAll(List.of("--out", folder.resolve(name + ".wav").toString()));
        line.addAll(List.of(options));
        CommandRun run = CommandRun.of(line.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static String file(String name) {
        return folder.resolve(name + ".codes.safetensors").toString();
    }

    /** A second of a tone, 16-bit, at the model's own rate. */
    private static Path tone(Path file) throws IOException {
        ByteBuffer samples = ByteBuffer.allocate(2 * RATE).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < RATE; i++) {
            samples.putShort((short) (10_000 * Math.sin(i * 0.1)));
        }
        AudioFormat format = new AudioFormat(RATE, Short.SIZE, 1, true, false);
        try (AudioInputStream stream = new AudioInputStream(new ByteArrayInputStream(samples.array()), format, RATE)) {
            AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file.toFile());
        }
        return file;
    }
}
