package dev.segue.standalone.watch;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.client.Outcome;
import dev.segue.contracts.client.SongEvents;
import dev.segue.contracts.client.SongOrders;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.standalone.cluster.ClusterOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue cancel}: gives a song up. */
@Command(
        name = "cancel",
        description = "Give a song up, and wait until it is.",
        exitCodeList = {
            "0:the song was cancelled",
            "1:nobody answered, for the reason given",
            "2:the command line is wrong",
            "3:it was refused: there is no such song, or it has ended"
        })
public final class CancelCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(paramLabel = "ID", description = "The song.")
    private String song;

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why, for people.")
    private String reason;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Cluster place = cluster.cluster();
        PrintWriter out = spec.commandLine().getOut();
        // First, so that the answer is not missed.
        try (SongEvents events = SongEvents.fromNow(place, song);
                SongOrders orders = new SongOrders(place)) {
            orders.cancel(song, reason);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < end) {
                for (SongEvent event : events.next(Duration.ofMillis(100))) {
                    Optional<Integer> answer = answer(event, out);
                    if (answer.isPresent()) {
                        out.flush();
                        return answer.get();
                    }
                }
            }
        }
        throw new IOException("nobody answered for " + PATIENCE.toSeconds()
                + " s whether the song was cancelled; look whether an orchestrator runs");
    }

    private Optional<Integer> answer(SongEvent event, PrintWriter out) {
        if (event.getKind() == SongEventKind.REFUSED) {
            out.println("refused: " + event.getProblem().getSentence());
            return Optional.of(Outcome.REJECTED.exitCode());
        }
        return Outcome.of(event).map(outcome -> {
            if (outcome == Outcome.CANCELLED) {
                out.println(song + " is cancelled");
                return 0;
            }
            out.println(song + " had ended already: " + outcome.title());
            return Outcome.REJECTED.exitCode();
        });
    }
}
