package dev.segue.orchestrator.status.document;

import dev.segue.contracts.record.RequestProblem;

/**
 * One thing that is wrong with a request, as something that can be mended.
 *
 * @param field of the request
 * @param value what it holds
 * @param limit what it must hold
 * @param fix what to do
 * @param sentence all of that in one sentence
 */
public record ProblemDocument(String field, String value, String limit, String fix, String sentence) {
    /** What a record says. */
    public static ProblemDocument of(RequestProblem problem) {
        return new ProblemDocument(
                problem.getField(), problem.getValue(), problem.getLimit(), problem.getFix(), problem.getSentence());
    }

    /** A problem whose sentence is made of its parts. */
    public static ProblemDocument of(String field, String value, String limit, String fix) {
        return new ProblemDocument(
                field, value, limit, fix, field + " is " + value + ", but " + limit + "; " + fix + ".");
    }
}
