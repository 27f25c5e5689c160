package dev.segue.orchestrator.status.document;

import java.util.List;

/**
 * The models that songs can be asked of.
 *
 * @param models by name
 */
public record ModelList(List<ModelDocument> models) {
    public ModelList {
        models = List.copyOf(models);
    }
}
