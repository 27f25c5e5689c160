package dev.segue.worker.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * A model to import.
 *
 * @param name the name it gets
 * @param parts its weights
 * @param acceptLicence whether whoever asks agrees to {@link PublishedCheckpoints#LICENCE_NOTICE}
 * @param keepDownloads whether the torch files stay after their conversion
 */
public record ImportRequest(String name, List<Part> parts, boolean acceptLicence, boolean keepDownloads) {

    public ImportRequest {
        Objects.requireNonNull(name, "name is null");
        parts = List.copyOf(parts);
    }

    /**
     * One of the published models under its own name; the part {@code prior_level_0} becomes
     * {@code prior_level_0.safetensors} and so on.
     *
     * @param model one of {@link PublishedCheckpoints#models}
     * @param conversions what each part must hold, by the names of {@link PublishedCheckpoints#files}
     */
    public static ImportRequest published(
            String model, Function<String, CheckpointConversion> conversions, boolean acceptLicence) {
        List<Part> parts = new ArrayList<>();
        PublishedCheckpoints.files(model)
                .forEach((part, checkpoint) ->
                        parts.add(new Part(checkpoint, part + ".safetensors", conversions.apply(part))));
        return new ImportRequest(model, parts, acceptLicence, false);
    }

    /**
     * One file of weights.
     *
     * @param checkpoint the torch file below the base address, as {@link PublishedCheckpoints#files} has it
     * @param target the safetensors file in the model's folder
     * @param conversion what the torch file must hold, and which types to write
     */
    public record Part(String checkpoint, String target, CheckpointConversion conversion) {
        public Part {
            Objects.requireNonNull(checkpoint, "checkpoint is null");
            Objects.requireNonNull(target, "target is null");
            Objects.requireNonNull(conversion, "conversion is null");
        }
    }
}
