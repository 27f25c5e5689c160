package dev.segue.worker.trainer;

import dev.segue.contracts.model.ConditionerShape;
import dev.segue.contracts.model.LabelShape;
import dev.segue.contracts.model.LabelVersion;
import dev.segue.contracts.model.LyricShape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.TimingShape;
import dev.segue.contracts.model.TransformerShape;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.worker.manifest.Annotations;
import dev.segue.worker.manifest.CharacterTime;
import dev.segue.worker.manifest.Manifest;
import dev.segue.worker.manifest.SongEntry;
import dev.segue.worker.manifest.Split;
import dev.segue.worker.training.CodebookLearning;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** A folder of short songs, low for one genre and high for the other, and a recipe that learns them in seconds. */
final class SmallSongs {
    static final int RATE = 8000;
    static final double SECONDS = 1.5;
    static final String LYRICS = "la li lo lu";

    private SmallSongs() {}

    /** Six songs for train, two for validation. */
    static Manifest write(Path folder) throws IOException {
        return write(folder, 1);
    }

    static Manifest write(Path folder, int channels) throws IOException {
        List<SongEntry> songs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            boolean high = i % 2 == 1;
            String file = i + ".wav";
            sound(folder.resolve(file), high ? 880 : 220, channels);
            songs.add(new SongEntry(
                    file,
                    "",
                    i % 4 < 2 ? "Ann" : "Bob",
                    high ? "high" : "low",
                    LYRICS,
                    i < 6 ? Split.TRAIN : Split.VALIDATION,
                    annotations()));
        }
        Files.writeString(
                folder.resolve(Manifest.FILE),
                songs.stream().map(SongEntry::toJson).collect(Collectors.joining("\n", "", "\n")));
        return Manifest.read(folder);
    }

    /** A character every eighth of a second; spaces are not sung. */
    private static Annotations annotations() {
        List<CharacterTime> times = new ArrayList<>();
        for (int i = 0; i < LYRICS.length(); i++) {
            times.add(LYRICS.charAt(i) == ' ' ? CharacterTime.NONE : new CharacterTime(i / 8.0, (i + 1) / 8.0));
        }
        return new Annotations(
                OptionalDouble.empty(), OptionalDouble.empty(), "", OptionalLong.empty(), times, List.of(), List.of());
    }

    /** A tone; on a second channel it is twice as high. */
    private static void sound(Path file, double hertz, int channels) throws IOException {
        int frames = (int) (SECONDS * RATE);
        ByteBuffer bytes = ByteBuffer.allocate(frames * channels * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < frames; i++) {
            for (int channel = 1; channel <= channels; channel++) {
                bytes.putShort((short) (12000 * Math.sin(2 * Math.PI * hertz * channel * i / RATE)));
            }
        }
        AudioSystem.write(
                new AudioInputStream(
                        new ByteArrayInputStream(bytes.array()),
                        new AudioFormat(RATE, 16, channels, true, false),
                        frames),
                AudioFileFormat.Type.WAVE,
                file.toFile());
    }

    static Recipe recipe() {
        return recipe(8);
    }

    static Recipe recipe(int steps) {
        VqVaeShape vqVae =
                new VqVaeShape(RATE, List.of(2, 2), List.of(2, 2), 8, 16, 8, 1, List.of(1, 1), 1, 1, null, true);
        return new Recipe(
                Recipe.FORMAT,
                "small",
                "Learns tones",
                "Apache-2.0",
                new Recipe.VqVaePart(
                        vqVae,
                        2048,
                        true,
                        true,
                        new Recipe.LossWeights(0, 1, 0.01, 64, 0, 1, 0.02),
                        new CodebookLearning(0.9, 0.1),
                        schedule(steps, 1)),
                List.of(
                        new Recipe.LevelPart(
                                0.5,
                                0.99,
                                upsampler(),
                                true,
                                0,
                                null,
                                new Corruption(steps / 2, 0.5, 1),
                                schedule(steps, 2)),
                        new Recipe.LevelPart(0.5, 0.99, top(), true, 0.1, steps / 2, null, schedule(steps, 3))));
    }

    static Schedule schedule(int steps, long seed) {
        return new Schedule(
                List.of(new Schedule.Round(steps, 0.003, 2, steps / 2)), 2, seed, 0.01, 0.99, 1, 0.9, 2, 4, 2, 4);
    }

    static PriorShape top() {
        return new PriorShape(
                1,
                256,
                16,
                new TransformerShape(32, 4, 2, 6, 8, 0.5, 2, 2),
                false,
                new LabelShape(LabelVersion.V3, 0, 0, 1),
                new TimingShape(16, 1, 8),
                new LyricShape(16, 79, 0.2, new TransformerShape(16, 1, 1, 0, 1, 0.5, 1, 2), 3, 0),
                null,
                false,
                RATE);
    }

    static PriorShape upsampler() {
        return new PriorShape(
                0,
                256,
                16,
                new TransformerShape(32, 3, 1, 2, 8, 0.5, 2, 2),
                false,
                new LabelShape(LabelVersion.V3, 0, 0, 1),
                null,
                null,
                new ConditionerShape(2, 2, 8, 1, 1, 1, null, true, false),
                false,
                RATE);
    }
}
