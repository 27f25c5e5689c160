package dev.segue.worker.assembly;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.AudioPrompt;
import dev.segue.contracts.record.CodeBytes;
import dev.segue.contracts.window.WindowSchedule;
import dev.segue.worker.sampling.SongCodes;
import dev.segue.worker.sound.SoundException;
import dev.segue.worker.sound.SoundReader;
import dev.segue.worker.store.ObjectAddress;
import dev.segue.worker.store.ObjectStore;
import dev.segue.worker.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Turns the sound that a song begins with into codes of every level. It is read no further than it is used, and must be
 * shorter than the song; what is left of a code of the top level at its end is dropped.
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
     * Encodes a prompt.
     *
     * @param songSamples raw samples of the song
     * @throws RefusedException if there is no such sound, or it does not suit the song
     */
    ExistingCodes encode(ModelRef model, AudioPrompt prompt, long songSamples, Checkpoint checkpoint)
            throws RefusedException, TaskFailedException, IOException, InterruptedException,
                    Checkpoint.SongStoppedException {
        ModelCard card = models.describe(model).folder().card();
        float[] sound = sound(card, prompt, songSamples);
        checkpoint.pass();
        SongCodes codes = models.withVqVae(model, vqVae -> SongCodes.ofPrompt(vqVae, sound));
        return new ExistingCodes(IntStream.range(0, codes.levels())
                .mapToObj(level -> CodeBytes.of(codes.level(level)))
                .toList());
    }

    /** Its samples at the model's rate, whole codes of the top level. */
    private float[] sound(ModelCard card, AudioPrompt prompt, long songSamples) throws RefusedException, IOException {
        int rate = card.sampleRate();
        int topHop = card.levels().get(card.levels().size() - 1).hop();
        Double seconds = prompt.getSeconds();
        long asked = seconds == null ? songSamples : WindowSchedule.sampleLength(seconds, rate, topHop);
        if (asked < topHop) {
            throw new RefusedException(
                    SECONDS,
                    Seconds.of(seconds),
                    "one code of the top level lasts " + Seconds.of(topHop, rate),
                    "ask for at least that or leave it out");
        }
        if (seconds != null && asked >= songSamples) {
            throw new RefusedException(
                    SECONDS,
                    Seconds.of(seconds),
                    "the song has " + Seconds.of(songSamples, rate) + " and must be longer than what it begins with",
                    "lower it or raise durationSeconds");
        }
        float[] sound;
        try (SoundReader reader = open(prompt.getObject(), rate, asked)) {
            sound = read(reader, Math.toIntExact(asked));
        } catch (SoundException e) {
            throw unusable(prompt.getObject(), e);
        }
        if (seconds == null && sound.length >= songSamples) {
            throw new RefusedException(
                    OBJECT,
                    prompt.getObject(),
                    "its sound is not shorter than the song's " + Seconds.of(songSamples, rate),
                    "set " + SECONDS + " or raise durationSeconds");
        }
        int whole = sound.length / topHop * topHop;
        if (whole == 0) {
            throw new RefusedException(
                    OBJECT,
                    prompt.getObject(),
                    "its sound has " + Seconds.of(sound.length, rate) + " and one code of the top level lasts "
                            + Seconds.of(topHop, rate),
                    "give a longer one");
        }
        if (seconds != null && whole < asked) {
            throw new RefusedException(
                    SECONDS,
                    Seconds.of(seconds),
                    "the sound of " + prompt.getObject() + " has only " + Seconds.of(sound.length, rate),
                    "lower it or leave it out");
        }
        return Arrays.copyOf(sound, whole);
    }

    private SoundReader open(String object, int rate, long samples) throws RefusedException, IOException {
        InputStream in;
        try {
            in = store.open(ObjectAddress.parse(object, store.bucket()));
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
        // Half a sample more, so that rounding does not lose the last one.
        return SoundReader.open(object, in, rate, (samples + 0.5) / rate);
    }

    private static float[] read(SoundReader reader, int most) throws IOException {
        float[] sound = new float[most];
        int read = reader.read(sound);
        return read == most ? sound : Arrays.copyOf(sound, read);
    }

    private static RefusedException unusable(String object, SoundException e) {
        // Its sentence begins with the name that it was given, and ends with what to do.
        String what = e.getMessage().substring(object.length() + 1);
        int fix = what.lastIndexOf("; ");
        return new RefusedException(OBJECT, object, ", which ", what.substring(0, fix), what.substring(fix + 2));
    }
}
