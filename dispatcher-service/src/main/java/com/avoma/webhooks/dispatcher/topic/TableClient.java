package com.avoma.webhooks.dispatcher.topic;

import com.avoma.webhooks.common.topic.TableFollower;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// Starts and stops the follower of the compacted topics, and waits for it.
public class TableClient implements SmartLifecycle {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    /// Shorter than the time-out of those who ask whether the service is ready.
    private static final Duration LONGEST_PROBE = Duration.ofMillis(800);

    private final TableFollower follower;
    private volatile boolean running;
    private @Nullable CompletableFuture<Void> probe;

    TableClient(TableFollower follower) {
        this.follower = follower;
    }

    /// Blocks until the tables hold everything that was published before this was called: one round
    /// trip to the brokers where nothing changed, and the whole load after a start.
    ///
    /// @param stopped ends the wait when it completes
    /// @return false where it was ended so
    /// @throws TablesBehindException after a minute
    public boolean catchUp(CompletableFuture<Void> stopped) {
        var caughtUp = follower.caughtUp();
        await(CompletableFuture.anyOf(caughtUp, stopped), LONGEST_WAIT);
        return caughtUp.isDone();
    }

    private static void await(Future<?> request, Duration limit) {
        try {
            request.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TablesBehindException("interrupted", e);
        } catch (TimeoutException | ExecutionException e) {
            throw new TablesBehindException("waited " + limit, e);
        }
    }

    /// Whether the tables can be brought up to date: those of the brokers that are away cannot.
    boolean isCurrent() {
        var current = probe();
        try {
            await(current, LONGEST_PROBE);
            return true;
        } catch (TablesBehindException e) {
            return false;
        }
    }

    /// One question at a time, however often somebody asks meanwhile.
    private synchronized CompletableFuture<Void> probe() {
        if (probe == null || probe.isDone()) {
            probe = follower.caughtUp();
        }
        return probe;
    }

    @Override
    public void start() {
        follower.start();
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        follower.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Before the listener containers start, after they have stopped.
    @Override
    public int getPhase() {
        return 0;
    }

    /// The tables are not yet as new as the events: the batch has to come again.
    static final class TablesBehindException extends RuntimeException {
        TablesBehindException(String message, Throwable cause) {
            super("webhook-config and directory.* not caught up with: " + message, cause);
        }
    }
}
