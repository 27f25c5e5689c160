package dev.segue.worker.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What one batch says of a VQ-VAE.
 *
 * @param levels losses per level, the finest first
 * @param codebooks the mean over levels; none when nothing was learnt
 */
public record VqVaeMetrics(List<LevelLosses> levels, Optional<CodebookMetrics> codebooks) {

    public VqVaeMetrics {
        levels = List.copyOf(levels);
    }

    /** What training makes small: the sum over levels. */
    public double loss() {
        return sum(LevelLosses::loss);
    }

    /** By the names that the original reports them under (specification §2.7). */
    public Map<String, Double> named() {
        Map<String, Double> named = new LinkedHashMap<>();
        named.put("loss", loss());
        for (int level = levels.size() - 1; level >= 0; level--) {
            LevelLosses losses = levels.get(level);
            named.put("recons_loss_l" + (level + 1), losses.reconstruction());
            named.put("spectral_loss_l" + (level + 1), losses.spectral());
            named.put("multispectral_loss_l" + (level + 1), losses.multispectral());
        }
        named.put("recons_loss", sum(LevelLosses::reconstruction));
        named.put("spectral_loss", sum(LevelLosses::spectral));
        named.put("multispectral_loss", sum(LevelLosses::multispectral));
        LevelLosses finest = levels.get(0);
        named.put("spectral_convergence", finest.convergence());
        named.put("l2_loss", finest.l2());
        named.put("l1_loss", finest.l1());
        named.put("linf_loss", finest.linf());
        named.put("commit_loss", sum(LevelLosses::commitment));
        codebooks.ifPresent(metrics -> {
            named.put("fit", metrics.fit());
            named.put("pn", metrics.spread());
            named.put("entropy", metrics.entropy());
            named.put("used_curr", metrics.usedNow());
            named.put("usage", metrics.used());
            named.put("dk", metrics.moved());
        });
        return named;
    }

    private double sum(ToDoubleFunction<LevelLosses> part) {
        return levels.stream().mapToDouble(part).sum();
    }
}
