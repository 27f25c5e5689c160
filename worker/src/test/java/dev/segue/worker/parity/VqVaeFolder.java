package dev.segue.worker.parity;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.worker.jukebox.VqVae;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** One {@code vqvae_*} folder of the fixtures. */
record VqVaeFolder(String name) {

    static Stream<VqVaeFolder> all() {
        return Fixtures.folders("").filter(name -> name.startsWith("vqvae_")).map(VqVaeFolder::new);
    }

    JsonNode config() {
        return Fixtures.json(name + "/config.json");
    }

    JsonNode hyperparameters() {
        return config().get("hps");
    }

    JsonNode losses() {
        return Fixtures.json(name + "/losses.json");
    }

    SafetensorsFile tensors(String file) {
        return Fixtures.tensors(name + "/" + file + ".safetensors");
    }

    VqVae load() {
        return VqVae.load(Device.cpu(), shape(), tensors("weights"));
    }

    VqVaeShape shape() {
        JsonNode hps = hyperparameters();
        List<Integer> downs = integers(hps.get("downs_t"));
        JsonNode multipliers = hps.path("hvqvae_multipliers");
        JsonNode cycle = hps.path("dilation_cycle");
        return new VqVaeShape(
                hps.get("sr").asInt(),
                downs,
                integers(hps.get("strides_t")),
                hps.get("emb_width").asInt(),
                hps.get("l_bins").asInt(),
                hps.get("width").asInt(),
                hps.get("depth").asInt(),
                multipliers.isArray() ? integers(multipliers) : Collections.nCopies(downs.size(), 1),
                hps.get("m_conv").asDouble(),
                hps.get("dilation_growth_rate").asInt(),
                cycle.isNumber() ? cycle.asInt() : null,
                hps.get("vqvae_reverse_decoder_dilation").asBoolean());
    }

    private static List<Integer> integers(JsonNode array) {
        List<Integer> numbers = new ArrayList<>();
        array.forEach(number -> numbers.add(number.asInt()));
        return numbers;
    }

    @Override
    public String toString() {
        return name;
    }
}
