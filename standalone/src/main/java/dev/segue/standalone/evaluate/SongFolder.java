package dev.segue.standalone.evaluate;

import dev.segue.contracts.model.ModelCard;
import dev.segue.worker.audio.SampleDepth;
import dev.segue.worker.figures.GeneratedSong;
import dev.segue.worker.figures.Keeper;
import dev.segue.worker.jukebox.labels.SongDescription;
import dev.segue.worker.manifest.Annotations;
import dev.segue.worker.manifest.Manifest;
import dev.segue.worker.manifest.SongEntry;
import dev.segue.worker.manifest.Split;
import dev.segue.worker.sound.SoundPiece;
import dev.segue.worker.sound.SoundTags;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Keeps songs that were made as FLAC files, with a manifest that says what each was asked to be. */
final class SongFolder implements Keeper {
    private final Path folder;
    private final ModelCard card;

    /** Makes the folder; what an earlier evaluation kept in it is replaced. */
    SongFolder(Path folder, ModelCard card) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.card = card;
        Files.deleteIfExists(folder.resolve(Manifest.FILE));
    }

    @Override
    public void keep(int number, GeneratedSong song, float[] sound) throws IOException {
        SongDescription asked = song.description();
        String name = String.format(Locale.ROOT, "%04d.flac", number);
        SoundPiece.write(
                folder.resolve(name),
                sound,
                card.sampleRate(),
                SampleDepth.BITS_16,
                new SoundTags("", asked.artist(), asked.genre(), card.name(), card.digest()));
        Annotations known = new Annotations(
                OptionalDouble.of(sound.length / (double) card.sampleRate()),
                OptionalDouble.empty(),
                "",
                OptionalLong.of(song.seed()),
                List.of(),
                List.of(),
                List.of());
        SongEntry entry = new SongEntry(name, "", asked.artist(), asked.genre(), asked.lyrics(), Split.TEST, known);
        Files.writeString(
                folder.resolve(Manifest.FILE),
                entry.toJson() + "\n",
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
