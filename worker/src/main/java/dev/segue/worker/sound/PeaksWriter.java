package dev.segue.worker.sound;

import dev.segue.worker.audio.SampleDepth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Writes the least and the largest sample of every so many, for drawing a wave form: the JSON of BBC audiowaveform,
 * version 2, with 16-bit values. Closing before {@link #finish} deletes the file. Owned by one thread.
 */
public final class PeaksWriter implements SampleSink {
    private final UnfinishedFile file;
    private final int samplesPerPixel;
    private final long samples;
    private long written;
    private int least = Integer.MAX_VALUE;
    private int most = Integer.MIN_VALUE;

    private PeaksWriter(UnfinishedFile file, int samplesPerPixel, long samples) {
        this.file = file;
        this.samplesPerPixel = samplesPerPixel;
        this.samples = samples;
    }

    /**
     * Begins a file, replacing what is there.
     *
     * @param sampleRate in Hz
     * @param samples that will be written
     * @param samplesPerPixel over which the least and the largest are taken; the last pixel may have fewer
     */
    public static PeaksWriter create(Path target, int sampleRate, long samples, int samplesPerPixel)
            throws IOException {
        if (samplesPerPixel < 2) {
            throw new IllegalArgumentException(
                    "samples per pixel is " + samplesPerPixel + " but must be at least 2; a usual value is 512");
        }
        UnfinishedFile file = UnfinishedFile.create(target);
        long length = (samples + samplesPerPixel - 1) / samplesPerPixel;
        try {
            file.write(text("{\"version\":2,\"channels\":1,\"sample_rate\":" + sampleRate + ",\"samples_per_pixel\":"
                    + samplesPerPixel + ",\"bits\":16,\"length\":" + length + ",\"data\":["));
            return new PeaksWriter(file, samplesPerPixel, samples);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public SampleDepth depth() {
        return SampleDepth.BITS_16;
    }

    @Override
    public void write(int[] more, int length) throws IOException {
        for (int i = 0; i < length; i++) {
            least = Math.min(least, more[i]);
            most = Math.max(most, more[i]);
            written++;
            if (written % samplesPerPixel == 0) {
                pixel();
            }
        }
    }

    private void pixel() throws IOException {
        String comma = written > samplesPerPixel ? "," : "";
        file.write(text(comma + least + "," + most));
        least = Integer.MAX_VALUE;
        most = Integer.MIN_VALUE;
    }

    /**
     * Makes the file whole.
     *
     * @throws IllegalStateException if other than the announced number of samples came
     */
    @Override
    public void finish() throws IOException {
        if (written != samples) {
            throw new IllegalStateException(samples + " samples were announced, but " + written + " came");
        }
        if (written % samplesPerPixel != 0) {
            pixel();
        }
        file.write(text("]}"));
        file.finish();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
