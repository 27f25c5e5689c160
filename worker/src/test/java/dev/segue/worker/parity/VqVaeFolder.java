package dev.segue.worker.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.worker.audio.Resolution;
import dev.segue.worker.jukebox.VqVae;
import dev.segue.worker.training.Bandwidths;
import dev.segue.worker.training.CodebookLearning;
import dev.segue.worker.training.VqVaeLoss;
import dev.segue.worker.training.VqVaeLoss.Reconstruction;
import dev.segue.worker.training.VqVaeTraining;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** One {@code vqvae_*} folder of the fixtures. */
record VqVaeFolder(String name) {

    /** Those with numbers to compare; a subset may keep one for its weights only. */
    static Stream<VqVaeFolder> all() {
        return Fixtures.foldersWith("", "io.safetensors")
                .filter(name -> name.startsWith("vqvae_"))
                .map(VqVaeFolder::new);
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
        return VqVae.load(Fixtures.device(), shape(), tensors("weights"));
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

    /** The loss that it is trained with, sound compared by {@code function} instead of its own if that is not null. */
    VqVaeLoss loss(JsonNode bandwidth, String function, boolean relativeSpectral) {
        JsonNode hps = hyperparameters();
        int linfK = hps.get("linf_k").asInt();
        Reconstruction reconstruction =
                switch (function == null ? hps.get("loss_fn").asText() : function) {
                    case "l1" -> new Reconstruction(1, 0, 0, linfK);
                    case "l2" -> new Reconstruction(0, 1, 0, linfK);
                    case "linf" -> new Reconstruction(0, 0, 1, linfK);
                    case "lmix" ->
                        new Reconstruction(
                                hps.get("lmix_l1").asDouble(),
                                hps.get("lmix_l2").asDouble(),
                                hps.get("lmix_linf").asDouble(),
                                linfK);
                    default -> throw new IllegalArgumentException(name + " has the unknown loss " + function);
                };
        List<Integer> nFfts = integers(hps.get("multispec_loss_n_fft"));
        List<Integer> hops = integers(hps.get("multispec_loss_hop_length"));
        List<Integer> windows = integers(hps.get("multispec_loss_window_size"));
        List<Resolution> resolutions = new ArrayList<>();
        for (int i = 0; i < nFfts.size(); i++) {
            resolutions.add(new Resolution(nFfts.get(i), hops.get(i), windows.get(i)));
        }
        return new VqVaeLoss(
                reconstruction,
                hps.get("spectral").asDouble(),
                relativeSpectral || !hps.path("use_nonrelative_specloss").asBoolean(true),
                hps.get("multispectral").asDouble(),
                resolutions,
                hps.get("commit").asDouble(),
                new Bandwidths(
                        bandwidth.get("l1").asDouble(),
                        bandwidth.get("l2").asDouble(),
                        bandwidth.get("spec").asDouble()));
    }

    /** Its weights, to be trained on with {@code loss}. */
    VqVaeTraining training(VqVaeLoss loss) {
        JsonNode hps = hyperparameters();
        CodebookLearning learning = new CodebookLearning(
                hps.get("l_mu").asDouble(), hps.get("revival_threshold").asDouble());
        long sampleLength = hps.get("sample_length").asLong();
        return VqVaeTraining.restored(Fixtures.device(), shape(), loss, learning, tensors("weights"), sampleLength);
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
