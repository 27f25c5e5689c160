package dev.segue.orchestrator.status.http;

import dev.segue.orchestrator.status.openapi.Route;
import dev.segue.orchestrator.status.view.TopicFollower;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Lets nobody look at songs and models before everything is read that was told of them so far: a song would seem not to be
 * there, and who followed it before a restart would give it up. Who asks waits a little, and then is told to ask again.
 */
final class Beginning {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Of the 250 threads that the server has. */
    private static final int MOST_WAITING = 50;

    private final Map<String, TopicFollower<?>> followers;
    private final Turns waiting = new Turns("the number of those who wait for the beginning", MOST_WAITING);

    /**
     * A beginning.
     *
     * @param followers who read, by what they read
     */
    Beginning(Map<String, TopicFollower<?>> followers) {
        this.followers = Map.copyOf(followers);
    }

    /** The same routes, which wait. */
    List<Route> before(List<Route> routes) {
        return routes.stream().map(this::before).toList();
    }

    private Route before(Route route) {
        Route waiting = route.handledBy(after(route.handler()));
        int unavailable = HttpStatus.SERVICE_UNAVAILABLE.getCode();
        return route.answers().stream().anyMatch(answer -> answer.status() == unavailable)
                ? waiting
                : waiting.problem(unavailable, "What was told so far is not read yet.");
    }

    private Handler after(Handler handler) {
        return context -> {
            for (Map.Entry<String, TopicFollower<?>> follower : followers.entrySet()) {
                await(follower.getKey(), follower.getValue());
            }
            handler.handle(context);
        };
    }

    private void await(String what, TopicFollower<?> follower) throws InterruptedException {
        if (follower.isCaughtUp()) {
            return;
        }
        Turns.Turn turn = waiting.take();
        try {
            if (!follower.awaitCaughtUp(PATIENCE)) {
                throw HttpProblem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        what,
                        "not read yet",
                        "must be known as far as they were told before this began",
                        "ask again later");
            }
        } finally {
            turn.close();
        }
    }
}
