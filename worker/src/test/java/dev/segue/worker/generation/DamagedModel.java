package dev.segue.worker.generation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.ModelFile;
import dev.segue.worker.jukebox.UntrainedModel;
import dev.segue.worker.weights.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Models that differ from the untrained one, under names of their own. */
final class DamagedModel {
    private static final int LYRIC_TOKENS = 64;
    private static final String WEIGHTS = "prior_level_2.safetensors";

    private DamagedModel() {}

    /** The untrained model, but what its top level adds at one code's place is no number. */
    static ModelCard write(Path folder, int code) throws IOException {
        ModelCard whole = UntrainedModel.write(folder, 1).card();
        int row = whole.shape().priors().get(2).decoder().width() * Float.BYTES;
        damage(folder.resolve(WEIGHTS), "prior.pos_emb.pos_emb", (long) (LYRIC_TOKENS + code) * row, row);
        return described(whole, folder, "damaged");
    }

    /** A copy of a model under another name. */
    static ModelCard renamed(Path from, ModelCard card, String name, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return described(card, to, name);
    }

    private static void damage(Path path, String tensor, long offset, int length) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer size = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            file.read(size, 0);
            ByteBuffer header = ByteBuffer.allocate((int) size.getLong(0));
            file.read(header, Long.BYTES);
            JsonNode described = new ObjectMapper().readTree(header.array()).get(tensor);
            ByteBuffer damage = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            while (damage.hasRemaining()) {
                damage.putFloat(Float.NaN);
            }
            long begin = Long.BYTES
                    + header.capacity()
                    + described.at("/data_offsets/0").asLong();
            file.write(damage.flip(), begin + offset);
        }
    }

    private static ModelCard described(ModelCard card, Path folder, String name) throws IOException {
        List<ModelFile> weights = new ArrayList<>();
        for (ModelCard.LevelCard level : card.levels()) {
            String path = level.weights().path();
            Path file = folder.resolve(path);
            weights.add(new ModelFile(path, Sha256.of(file), Files.size(file)));
        }
        ModelCard named = ModelCard.of(
                name,
                card.description(),
                card.licence(),
                card.shape(),
                card.levels().stream().map(ModelCard.LevelCard::hopFraction).toList(),
                card.vqVae().weights(),
                weights,
                card.levels().stream().map(ModelCard.LevelCard::labels).toList());
        named.write(folder.resolve("model.json"));
        return named;
    }
}
