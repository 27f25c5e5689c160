package dev.segue.worker.assembly;

import dev.segue.contracts.record.RequestProblem;

/** A request that cannot be served, found out while its song was prepared. */
final class RefusedException extends Exception {
    private final transient RequestProblem problem;

    /** What is wrong, in the request's own words: "field is value, but limit; fix." */
    RefusedException(String field, String value, String limit, String fix) {
        this(field, value, ", but ", limit, fix);
    }

    /** The same with other words between the value and the limit. */
    RefusedException(String field, String value, String between, String limit, String fix) {
        super(field + " is " + value + between + limit + "; " + fix + ".");
        this.problem = new RequestProblem(field, value, limit, fix, getMessage());
    }

    RequestProblem problem() {
        return problem;
    }
}
