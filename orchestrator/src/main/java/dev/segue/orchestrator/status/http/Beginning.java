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

    private final Map<String, TopicFollower<?>> followers;

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
                if (!follower.getValue().awaitCaughtUp(PATIENCE)) {
                    throw HttpProblem.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            follower.getKey(),
                            "not read yet",
                            "must be known as far as they were told before this began",
                            "ask again later");
                }
            }
            handler.handle(context);
        };
    }
}
