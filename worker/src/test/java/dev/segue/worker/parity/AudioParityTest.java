package dev.segue.worker.parity;

import static dev.segue.worker.parity.Tolerance.SPECTRAL;
import static dev.segue.worker.parity.Tolerance.TENSOR;
import static dev.segue.worker.parity.Tolerance.assertClose;
import static dev.segue.worker.parity.Tolerance.tensor;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.worker.audio.Downmix;
import dev.segue.worker.audio.Pcm16;
import dev.segue.worker.audio.Resolution;
import dev.segue.worker.audio.SpectralMeasures;
import dev.segue.worker.torch.Torch;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AudioParityTest {
    private static final Pattern SPECTROGRAM = Pattern.compile("n_fft(\\d+)\\.hop(\\d+)\\.win(\\d+)");

    private final SafetensorsFile spectral = Fixtures.tensors("misc/spectral.safetensors");

    @Test
    void stereoIsMixedEvenlyAndMonoStays() {
        SafetensorsFile file = Fixtures.tensors("misc/downmix.safetensors");
        try (NDManager manager = Torch.manager(Fixtures.device())) {
            assertMono(tensor(manager, file, "stereo"), tensor(manager, file, "mono"));
            assertMono(tensor(manager, file, "one_channel"), tensor(manager, file, "one_channel_out"));
        }
    }

    private static void assertMono(NDArray sound, NDArray expected) {
        int channels = Math.toIntExact(sound.getShape().get(2));
        NDArray mono = sound.getManager().create(Downmix.mono(sound.toFloatArray(), channels), expected.getShape());
        assertClose("mono", mono, expected, TENSOR);
    }

    @Test
    void samplesAreThoseOfTheOriginalsWavFiles() {
        assertThat(Fixtures.json("misc/wav_pcm16.json").get("subtype").asText()).isEqualTo("PCM_16");
        SafetensorsFile file = Fixtures.tensors("misc/wav_pcm16.safetensors");
        try (NDManager manager = Torch.manager(Fixtures.device())) {
            short[] samples = Pcm16.of(tensor(manager, file, "x").toFloatArray());
            for (String name : List.of("pcm16_of_save_wav", "pcm16_without_clamp")) {
                assertThat(longs(samples))
                        .as(name)
                        .isEqualTo(tensor(manager, file, name).toLongArray());
            }
        }
    }

    private static long[] longs(short[] samples) {
        long[] wide = new long[samples.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = samples[i];
        }
        return wide;
    }

    @Test
    void magnitudesAreTheSameAtEveryResolution() {
        JsonNode shapes = Fixtures.json("misc/spectral.json");
        shapes.properties().forEach(entry -> {
            Matcher name = SPECTROGRAM.matcher(entry.getKey());
            assertThat(name.find()).as(entry.getKey()).isTrue();
            Resolution resolution = new Resolution(
                    Integer.parseInt(name.group(1)), Integer.parseInt(name.group(2)), Integer.parseInt(name.group(3)));
            try (SpectralMeasures measures = new SpectralMeasures(Fixtures.device(), List.of(resolution));
                    NDManager manager = measures.newManager()) {
                NDArray magnitudes = measures.magnitudes(manager, sound(manager, "x_in"));
                assertThat(magnitudes.getShape().toString())
                        .isEqualTo(entry.getValue()
                                .toString()
                                .replace(",", ", ")
                                .replace('[', '(')
                                .replace(']', ')'));
                NDArray first = tensor(manager, spectral, "spec." + name.group());
                NDArray frames = magnitudes.get(":1, :, :" + first.getShape().get(2));
                assertClose(entry.getKey(), frames, first, TENSOR);
            }
        });
    }

    @Test
    void spectralMeasuresAreTheSame() {
        try (SpectralMeasures one = new SpectralMeasures(Fixtures.device(), List.of(Resolution.SPECTRAL));
                SpectralMeasures several = new SpectralMeasures(Fixtures.device(), Resolution.MULTISPECTRAL);
                NDManager manager = one.newManager()) {
            NDArray x = sound(manager, "x_in");
            NDArray y = sound(manager, "x_out");
            assertMeasure("spectral_loss", one.distances(manager, x, y));
            assertMeasure("multispectral_loss", several.distances(manager, x, y));
            assertMeasure("spectral_convergence", one.convergence(manager, x, y));
            assertMeasure("log_magnitude_loss", one.logDistance(manager, x, y));
        }
    }

    private NDArray sound(NDManager manager, String name) {
        return tensor(manager, spectral, name).squeeze(2);
    }

    private void assertMeasure(String name, NDArray actual) {
        assertClose(name, actual, tensor(actual.getManager(), spectral, name), SPECTRAL);
    }
}
