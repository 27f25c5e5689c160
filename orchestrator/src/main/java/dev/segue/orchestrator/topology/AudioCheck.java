package dev.segue.orchestrator.topology;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.AudioSegment;
import dev.segue.contracts.record.CodeBytes;
import dev.segue.contracts.record.PromptCodes;
import dev.segue.contracts.record.RangeStored;
import dev.segue.contracts.record.SongPrepared;
import dev.segue.contracts.window.CodeRange;
import dev.segue.orchestrator.state.Catalogue;
import dev.segue.orchestrator.state.CodeStore;
import dev.segue.orchestrator.state.Song;
import dev.segue.orchestrator.state.Work;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What is wrong with answers of assembly workers, as sentences.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
final class AudioCheck {
    private static final Pattern PREPARATION = Pattern.compile("[!-~]{1,100}");

    private final CodeStore codes;
    private final Catalogue models;

    AudioCheck(CodeStore codes, Catalogue models) {
        this.codes = Objects.requireNonNull(codes, "codes is null");
        this.models = Objects.requireNonNull(models, "models is null");
    }

    /** What is wrong with an answer to work that is given out; null if nothing is. */
    String problem(Song song, Work work, AudioSegment segment) {
        ModelCard card = models.card(song.ticket().getModelDigest());
        String problem =
                switch (segment.getKind()) {
                    case PROMPT_CODES ->
                        work.kind() != Work.Kind.PREPARE || segment.getPromptCodes() == null
                                ? missing(work, segment)
                                : problem(segment.getPromptCodes(), card);
                    case PREPARED ->
                        work.kind() != Work.Kind.PREPARE || segment.getPrepared() == null
                                ? missing(work, segment)
                                : problem(song, segment.getPrepared(), card);
                    case REFUSED ->
                        work.kind() != Work.Kind.PREPARE || segment.getProblem() == null
                                ? missing(work, segment)
                                : null;
                    case STORED ->
                        work.kind() != Work.Kind.DECODE || segment.getStored() == null
                                ? missing(work, segment)
                                : problem(song, work, segment.getStored());
                    case COMPOSED ->
                        work.kind() != Work.Kind.COMPOSE || segment.getComposed() == null
                                ? missing(work, segment)
                                : null;
                    case FAILED -> segment.getFailure() == null ? missing(work, segment) : null;
                    case UNKNOWN -> missing(work, segment);
                };
        return problem;
    }

    private static String missing(Work work, AudioSegment segment) {
        return "kind is " + segment.getKind() + ", but " + work.describe() + " has no such answer";
    }

    private static String problem(PromptCodes piece, ModelCard card) {
        if (!PREPARATION.matcher(piece.getPreparation()).matches()) {
            return "promptCodes.preparation must be up to 100 printable characters without spaces";
        }
        if (piece.getLevel() < 0 || piece.getLevel() >= card.levels().size()) {
            return "promptCodes.level is " + piece.getLevel() + ", but the model's go from 0 to "
                    + (card.levels().size() - 1);
        }
        if (piece.getStart() < 0) {
            return "promptCodes.start is " + piece.getStart() + ", but must be at least 0";
        }
        if (!piece.getCodes().hasRemaining() || piece.getCodes().remaining() % CodeBytes.WIDTH != 0) {
            return "promptCodes.codes has " + piece.getCodes().remaining() + " bytes, but must hold whole codes";
        }
        return CodeCheck.outOfRange(piece.getCodes(), card.codes());
    }

    private String problem(Song song, SongPrepared prepared, ModelCard card) {
        List<Integer> promised = prepared.getPromptCodes();
        if (promised.size() != card.levels().size()) {
            return "prepared.promptCodes has " + promised.size() + " levels, but the model has "
                    + card.levels().size();
        }
        if (!PREPARATION.matcher(prepared.getPreparation()).matches()) {
            return "prepared.preparation must be up to 100 printable characters without spaces";
        }
        for (int level = 0; level < promised.size(); level++) {
            int came = codes.promptCodes(song.id(), prepared.getPreparation(), level);
            if (came != promised.get(level)) {
                return "prepared.promptCodes promises " + promised.get(level) + " codes of level " + level + ", but "
                        + came + " came";
            }
        }
        return null;
    }

    private static String problem(Song song, Work work, RangeStored stored) {
        CodeRange range = song.plan()
                .ranges()
                .at(work.level(), work.index())
                .orElseThrow()
                .range();
        return stored.getLevel() == work.level() && stored.getStart() == range.start() && stored.getEnd() == range.end()
                ? null
                : "stored is level " + stored.getLevel() + " from " + stored.getStart() + " to " + stored.getEnd()
                        + ", but must be level " + work.level() + " from " + range.start() + " to " + range.end();
    }
}
