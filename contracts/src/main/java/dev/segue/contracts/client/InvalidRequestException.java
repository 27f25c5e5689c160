package dev.segue.contracts.client;

import dev.segue.contracts.record.RequestProblem;
import java.util.List;

/** A request that is none. The message is one sentence for the first problem. */
public final class InvalidRequestException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<RequestProblem> problems;

    /**
     * Says what is wrong.
     *
     * @param problems at least one
     */
    public InvalidRequestException(List<RequestProblem> problems) {
        super(problems.get(0).getSentence());
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong. */
    public List<RequestProblem> problems() {
        return problems;
    }
}
