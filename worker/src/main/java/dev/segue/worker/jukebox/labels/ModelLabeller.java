package dev.segue.worker.jukebox.labels;

import dev.segue.contracts.model.InvalidModelException;
import dev.segue.contracts.model.ModelShape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.request.RejectedException;
import dev.segue.contracts.request.Rejection;
import dev.segue.contracts.window.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The labels of a song at every level of a model. Each level has its own label set, so that a top level and upsamplers
 * that learnt different names work together; each hears the same words in its own way.
 */
public final class ModelLabeller {
    private final ModelShape model;
    private final List<Optional<Labeller>> labellers;

    /**
     * Labels for a model whose tables are known.
     *
     * @param model the shapes of all levels
     * @param names per level the tables for names, empty for an unlabelled prior
     * @throws InvalidModelException if a table does not go with its prior
     */
    public ModelLabeller(ModelShape model, List<Optional<LabelSet>> names) {
        this.model = model;
        List<Optional<Labeller>> made = new ArrayList<>();
        for (PriorShape prior : model.priors()) {
            Optional<LabelSet> set = names.get(prior.level());
            check(prior, set);
            made.add(set.map(labels -> Labeller.of(prior, model.vqVae().hop(prior.level()), labels)));
        }
        this.labellers = List.copyOf(made);
    }

    /** The labeller of {@code level}; empty if its prior is unlabelled. */
    public Optional<Labeller> level(int level) {
        return labellers.get(level);
    }

    /**
     * The labels of a song per level, the finest first; empty where a prior is unlabelled. What a level does not know is
     * listed in {@link Labels#unknown()}.
     *
     * @throws RejectedException for what {@link #check} finds beforehand
     */
    public List<Optional<Labels>> label(SongDescription song) {
        return labellers.stream()
                .map(labeller -> labeller.map(one -> one.label(song)))
                .toList();
    }

    /**
     * Why the song cannot be sampled in {@code windows}; empty if it can.
     *
     * @param song what it is to be
     * @param windows windows of any levels; those with nothing to do are not asked about
     */
    public Optional<Rejection> check(SongDescription song, List<Window> windows) {
        for (Optional<Labeller> labeller : labellers) {
            if (labeller.isPresent()) {
                try {
                    labeller.get().label(song);
                } catch (RejectedException e) {
                    return Optional.of(e.rejection());
                }
            }
        }
        return checkPlaces(song, windows);
    }

    /**
     * Why a level cannot be told where in the song a window lies; empty if all can.
     *
     * @param song of which only the lengths matter
     * @param windows windows of any levels; those with nothing to do are not asked about
     */
    public Optional<Rejection> checkPlaces(SongDescription song, List<Window> windows) {
        for (Window window : windows) {
            PriorShape prior = model.priors().get(window.level());
            if (prior.timing() != null && !window.isDone()) {
                int hop = model.vqVae().hop(prior.level());
                Optional<Rejection> rejection = Timing.of(prior)
                        .check(
                                song.totalLength(),
                                song.offset(),
                                song.offset() + (long) window.start() * hop,
                                (long) prior.context() * hop);
                if (rejection.isPresent()) {
                    return rejection;
                }
            }
        }
        return Optional.empty();
    }

    private static void check(PriorShape prior, Optional<LabelSet> set) {
        String at = "levels[" + prior.level() + "].labels";
        if (set.isPresent() != (prior.labels() != null)) {
            throw new InvalidModelException(new Rejection.UnusableModel(
                    at,
                    set.isPresent() ? "present" : "missing",
                    prior.labels() == null ? "its prior is unlabelled" : "its prior is labelled",
                    prior.labels() == null ? "remove it" : "add the tables the prior was trained with"));
        }
        set.ifPresent(labels -> {
            if (labels.version() != prior.labels().version()) {
                throw new InvalidModelException(new Rejection.UnusableModel(
                        at,
                        "of version " + labels.version(),
                        "its prior learnt version " + prior.labels().version(),
                        "use the tables the prior was trained with"));
            }
            checkRows(at + ".artists", labels.artists(), prior.labels().artists());
            checkRows(at + ".genres", labels.genres(), prior.labels().genres());
        });
    }

    private static void checkRows(String field, IdentifierTable table, int rows) {
        if (table.highestId() >= rows) {
            throw new InvalidModelException(new Rejection.UnusableModel(
                    field,
                    "a table with id " + table.highestId(),
                    "the prior has rows 0 to " + (rows - 1) + " only",
                    "use the table the prior was trained with"));
        }
    }
}
