package dev.segue.orchestrator.status.http;

import dev.segue.orchestrator.status.document.Problem;
import dev.segue.orchestrator.status.document.ProblemDocument;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Optional;

/** Something that is not done, and what the answer says of it. */
final class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    private HttpProblem(Problem problem, Throwable cause) {
        super(problem.detail(), cause);
        this.problem = problem;
    }

    /** One thing that is wrong. */
    static HttpProblem of(HttpStatus status, String field, String value, String limit, String fix) {
        return of(status, ProblemDocument.of(field, value, limit, fix), null);
    }

    static HttpProblem of(HttpStatus status, ProblemDocument problem, Throwable cause) {
        return new HttpProblem(
                new Problem(
                        "about:blank",
                        status.getMessage(),
                        status.getCode(),
                        problem.sentence(),
                        Optional.of(problem.field()),
                        Optional.of(problem.fix()),
                        List.of(problem)),
                cause);
    }

    /** A request whose fields are at fault. */
    static HttpProblem of(List<ProblemDocument> problems) {
        ProblemDocument first = problems.get(0);
        return new HttpProblem(
                new Problem(
                        "about:blank",
                        HttpStatus.UNPROCESSABLE_CONTENT.getMessage(),
                        HttpStatus.UNPROCESSABLE_CONTENT.getCode(),
                        first.sentence(),
                        Optional.of(first.field()),
                        Optional.of(first.fix()),
                        problems),
                null);
    }

    /** What the answer says. */
    Problem problem() {
        return problem;
    }
}
