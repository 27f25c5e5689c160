package dev.segue.standalone.evaluate;

import dev.segue.contracts.model.ModelCard;
import dev.segue.worker.figures.EvaluationPlan;
import dev.segue.worker.figures.Figures;
import dev.segue.worker.figures.Goal;
import dev.segue.worker.manifest.Manifest;
import java.util.List;
import java.util.Map;

/**
 * An evaluation that is done.
 *
 * @param card of the model
 * @param manifest of the songs
 * @param seed of all that was drawn
 * @param plan what was measured of how much
 * @param figures what was measured
 * @param goals held against it
 * @param seconds that each part of the work took
 */
record Outcome(
        ModelCard card,
        Manifest manifest,
        long seed,
        EvaluationPlan plan,
        Figures figures,
        List<Goal> goals,
        Map<String, Double> seconds) {}
