package dev.segue.orchestrator.plan;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.LevelSampling;
import dev.segue.contracts.request.InvalidField;
import dev.segue.contracts.request.Rejection;
import dev.segue.contracts.request.Shown;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the codes of each level are to be drawn. */
final class SamplingCheck {

    private SamplingCheck() {}

    static void check(List<LevelSampling> sampling, Optional<ModelCard> model, List<Rejection> found) {
        Map<Integer, Integer> firstOf = new HashMap<>();
        for (int i = 0; i < sampling.size(); i++) {
            String at = "sampling[" + i + "].";
            LevelSampling one = sampling.get(i);
            Integer first = firstOf.putIfAbsent(one.getLevel(), i);
            if (first != null) {
                found.add(new InvalidField.Contradiction(
                        at + "level",
                        Integer.toString(one.getLevel()),
                        "sampling[" + first + "] is of that level too",
                        "list each level once"));
            }
            int entry = i;
            model.ifPresent(card -> checkAgainst(card, "sampling[" + entry + "].", one, found));
            checkNumbers(at, one, found);
        }
    }

    private static void checkAgainst(ModelCard card, String at, LevelSampling one, List<Rejection> found) {
        int top = card.levels().size() - 1;
        if (one.getLevel() < 0 || one.getLevel() > top) {
            found.add(new InvalidField.OutOfRange(
                    at + "level",
                    Integer.toString(one.getLevel()),
                    "the model has levels 0 to " + top,
                    "name one of them or remove the entry"));
        }
        if (one.getTopK() > card.codes()) {
            found.add(new InvalidField.OutOfRange(
                    at + "topK",
                    Integer.toString(one.getTopK()),
                    "the model has " + card.codes() + " codes",
                    "lower it, or use 0 for all codes"));
        }
    }

    private static void checkNumbers(String at, LevelSampling one, List<Rejection> found) {
        double temperature = one.getTemperature();
        if (!(temperature >= ModelCard.SMALLEST_TEMPERATURE && temperature <= ModelCard.LARGEST_TEMPERATURE)) {
            found.add(new InvalidField.OutOfRange(
                    at + "temperature",
                    Shown.number(temperature),
                    "must be from " + Shown.number(ModelCard.SMALLEST_TEMPERATURE) + " to "
                            + Shown.number(ModelCard.LARGEST_TEMPERATURE),
                    "use 0.99 as usual, or topK 1 for the likeliest code always"));
        }
        if (one.getTopK() < 0) {
            found.add(new InvalidField.OutOfRange(
                    at + "topK", Integer.toString(one.getTopK()), "must be at least 0", "use 0 for all codes"));
        }
        if (!(one.getTopP() >= 0 && one.getTopP() <= 1)) {
            found.add(new InvalidField.OutOfRange(
                    at + "topP", Shown.number(one.getTopP()), "must be from 0 to 1", "use 0 for all codes"));
        }
        if (one.getTopK() > 0 && one.getTopP() > 0) {
            found.add(new InvalidField.Contradiction(
                    at + "topK",
                    Integer.toString(one.getTopK()),
                    "topP is " + Shown.number(one.getTopP()) + " and excludes it",
                    "set one of them to 0"));
        }
    }
}
