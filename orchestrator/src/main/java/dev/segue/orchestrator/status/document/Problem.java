package dev.segue.orchestrator.status.document;

import java.util.List;
import java.util.Optional;

/**
 * Why something was not done, as RFC 9457 has it.
 *
 * @param type always about:blank: the status says what kind it is
 * @param title the status in words
 * @param status of the answer
 * @param detail what is wrong, in one sentence
 * @param field what of the request is at fault
 * @param fix what to do about it
 * @param problems each field that is at fault; empty where it is none of the body's
 */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        Optional<String> field,
        Optional<String> fix,
        List<ProblemDocument> problems) {
    public Problem {
        problems = List.copyOf(problems);
    }
}
