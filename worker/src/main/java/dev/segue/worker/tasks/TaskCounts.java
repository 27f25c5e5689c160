package dev.segue.worker.tasks;

/**
 * What lanes have done since they started. Immutable.
 *
 * @param taken tasks that were begun
 * @param accepted tasks that were done with, their result published
 * @param skipped tasks that were let go without work: their song was stopped, their deadline had passed
 * @param released tasks that were given back for others
 * @param rejected records that nobody can read
 * @param renewed locks that were renewed
 * @param lost locks that ran out or went down with a broker, so that the task is done again
 * @param failed tasks whose result says that they failed
 * @param held tasks that lanes hold now
 */
public record TaskCounts(
        long taken,
        long accepted,
        long skipped,
        long released,
        long rejected,
        long renewed,
        long lost,
        long failed,
        int held) {}
