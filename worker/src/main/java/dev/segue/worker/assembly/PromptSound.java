package dev.segue.worker.assembly;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.ReceptiveField;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.contracts.record.AudioPrompt;
import dev.segue.contracts.record.CodeBytes;
import dev.segue.contracts.window.Tiles;
import dev.segue.contracts.window.WindowSchedule;
import dev.segue.worker.jukebox.StreamedEncoder;
import dev.segue.worker.jukebox.VqVae;
import dev.segue.worker.sound.SoundException;
import dev.segue.worker.sound.SoundReader;
import dev.segue.worker.store.ObjectAddress;
import dev.segue.worker.store.ObjectStore;
import dev.segue.worker.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the sound that a song begins with into codes of every level. It is read no further than it is used, and must be
 * shorter than the song; what is left of a code of the top level at its end is dropped.
 *
 * <p>Longer than other classes for the many ways in which a sound does not serve, each with a sentence of its own.
 *
 * <p>Any thread; the encoding is done by the thread that owns the VQ-VAE.
 */
final class PromptSound {
    private static final String OBJECT = "audioPrompt.object";
    private static final String SECONDS = "audioPrompt.seconds";

    private final ObjectStore store;
    private final LoadedModels models;

    PromptSound(ObjectStore store, LoadedModels models) {
        this.store = store;
        this.models = models;
    }

    /**
     * Encodes a prompt. The codes are those of the whole sound, cut: its encoder hears a little beyond the cut.
     *
     * @param songSamples raw samples of the song
     * @param finestLevel levels below have none
     * @param scratch a folder for files of this task
     * @throws RefusedException if there is no such sound, or it does not suit the song
     */
    ExistingCodes encode(
            ModelRef model, AudioPrompt prompt, long songSamples, int finestLevel, Path scratch, Checkpoint checkpoint)
            throws RefusedException, TaskFailedException, IOException, InterruptedException,
                    Checkpoint.SongStoppedException {
        ModelCard card = models.describe(model).folder().card();
        long asked = asked(card, prompt, songSamples);
        boolean limited = prompt.getSeconds() != null;
        PromptSamples samples =
                fetch(prompt, card, limited ? asked + lookahead(card) : songSamples, scratch.resolve("prompt.f32"));
        long used = used(card, prompt, samples, asked, songSamples);
        checkpoint.pass();
        return models.withVqVae(model, vqVae -> encode(vqVae, samples, used, finestLevel));
    }

    private static ExistingCodes encode(VqVae vqVae, PromptSamples samples, long used, int finestLevel)
            throws IOException {
        List<ByteBuffer> levels = new ArrayList<>();
        for (int level = 0; level < vqVae.shape().levels(); level++) {
            int codes = level < finestLevel
                    ? 0
                    : Math.toIntExact(used / vqVae.shape().hop(level));
            levels.add(ByteBuffer.allocate(codes * CodeBytes.WIDTH).order(ByteOrder.LITTLE_ENDIAN));
        }
        samples.encode(new StreamedEncoder(vqVae, (level, start, codes) -> {
            for (int i = 0; i < codes.length && levels.get(level).hasRemaining(); i++) {
                levels.get(level).putShort((short) codes[i]);
            }
        }));
        return new ExistingCodes(levels.stream().map(ByteBuffer::flip).toList());
    }

    /** Samples beyond the cut that its codes, or the tiles in which they are computed, depend on. */
    private static long lookahead(ModelCard card) {
        VqVaeShape shape = card.vqVae().shape();
        long most = 0;
        for (int level = 0; level < shape.levels(); level++) {
            Tiles tiles = Tiles.around(new ReceptiveField(shape, level).encoderMargin(), shape.hop(level));
            most = Math.max(most, (long) (tiles.length() + tiles.margin()) * shape.hop(level));
        }
        return most + shape.hop(shape.levels() - 1);
    }

    private static int topHop(ModelCard card) {
        return card.levels().get(card.levels().size() - 1).hop();
    }

    /** Samples that the request wants of it, whole codes of the top level; those of the song if it does not say. */
    private static long asked(ModelCard card, AudioPrompt prompt, long songSamples) throws RefusedException {
        Double seconds = prompt.getSeconds();
        if (seconds == null) {
            return songSamples;
        }
        int rate = card.sampleRate();
        long asked = WindowSchedule.sampleLength(seconds, rate, topHop(card));
        if (asked <= 0) {
            throw new RefusedException(
                    SECONDS,
                    Seconds.of(seconds),
                    "one code of the top level lasts " + Seconds.of(topHop(card), rate),
                    "ask for at least that or leave it out");
        }
        if (asked >= songSamples) {
            throw new RefusedException(
                    SECONDS,
                    Seconds.of(seconds),
                    "the song has " + Seconds.of(songSamples, rate) + " and must be longer than what it begins with",
                    "lower it or raise durationSeconds");
        }
        return asked;
    }

    /** Samples that codes are taken of, whole codes of the top level. */
    private static long used(ModelCard card, AudioPrompt prompt, PromptSamples samples, long asked, long songSamples)
            throws RefusedException {
        int rate = card.sampleRate();
        long whole = samples.count() / topHop(card) * topHop(card);
        if (whole == 0) {
            throw new RefusedException(
                    OBJECT,
                    prompt.getObject(),
                    "its sound has " + Seconds.of(samples.count(), rate) + " and one code of the top level lasts "
                            + Seconds.of(topHop(card), rate),
                    "give a longer one");
        }
        if (prompt.getSeconds() == null) {
            if (whole >= songSamples) {
                throw new RefusedException(
                        OBJECT,
                        prompt.getObject(),
                        "its sound is not shorter than the song's " + Seconds.of(songSamples, rate),
                        "set " + SECONDS + " or raise durationSeconds");
            }
            return whole;
        }
        if (whole < asked) {
            throw new RefusedException(
                    SECONDS,
                    Seconds.of(prompt.getSeconds()),
                    "the sound of " + prompt.getObject() + " has only " + Seconds.of(samples.count(), rate),
                    "lower it or leave it out");
        }
        return asked;
    }

    private PromptSamples fetch(AudioPrompt prompt, ModelCard card, long most, Path file)
            throws RefusedException, IOException {
        String object = prompt.getObject();
        try (InputStream in = open(object);
                SoundReader reader = SoundReader.open(object, in, card.sampleRate(), SoundReader.LONGEST_SECONDS)) {
            return PromptSamples.read(reader, most, file);
        } catch (SoundException e) {
            throw unusable(object, e);
        }
    }

    private InputStream open(String object) throws RefusedException, IOException {
        try {
            return store.open(ObjectAddress.parse(object, store.bucket()));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(
                    OBJECT, object, "must be a key in Segue's bucket or s3://bucket/key", "correct it");
        } catch (StoreException.Missing e) {
            throw new RefusedException(OBJECT, object, "there is no such object", "put the sound there first");
        } catch (StoreException.Refused e) {
            throw new RefusedException(OBJECT, object, "the store does not give it: " + e.getMessage(), "correct it");
        } catch (StoreException.Denied e) {
            throw new RefusedException(
                    OBJECT, object, "Segue may not read it", "put it into Segue's bucket or let Segue read it");
        }
    }

    private static RefusedException unusable(String object, SoundException e) {
        // Its sentence begins with the name that it was given, and ends with what to do.
        String what = e.getMessage().substring(object.length() + 1);
        int fix = what.lastIndexOf("; ");
        return new RefusedException(OBJECT, object, ", which ", what.substring(0, fix), what.substring(fix + 2));
    }
}
