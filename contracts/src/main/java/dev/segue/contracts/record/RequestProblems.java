package dev.segue.contracts.record;

import dev.segue.contracts.request.Rejection;

/** Rejections as they cross topics. */
public final class RequestProblems {
    private RequestProblems() {}

    /** What a rejection says, as a record. */
    public static RequestProblem of(Rejection rejection) {
        return RequestProblem.newBuilder()
                .setField(rejection.field())
                .setValue(rejection.value())
                .setLimit(rejection.limit())
                .setFix(rejection.fix())
                .setSentence(rejection.sentence())
                .build();
    }
}
