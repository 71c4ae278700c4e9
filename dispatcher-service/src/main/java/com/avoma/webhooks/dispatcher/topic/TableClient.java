package com.avoma.webhooks.dispatcher.topic;

import com.avoma.webhooks.common.topic.TableFollower;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.context.SmartLifecycle;

/// Starts and stops the follower of the compacted topics, and waits for it.
public class TableClient implements SmartLifecycle {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private final TableFollower follower;
    private volatile boolean running;
    private volatile boolean loaded;

    TableClient(TableFollower follower) {
        this.follower = follower;
    }

    /// Blocks until the tables hold everything that was published before this was called: one round
    /// trip to the brokers where nothing changed, and the whole load after a start.
    ///
    /// @throws TablesBehindException after a minute, or where the service is stopping
    public void catchUp() {
        try {
            follower.caughtUp().get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TablesBehindException("interrupted", e);
        } catch (TimeoutException | ExecutionException e) {
            throw new TablesBehindException("waited " + LONGEST_WAIT, e);
        }
    }

    /// Whether the tables were loaded once.
    boolean loaded() {
        return loaded;
    }

    @Override
    public void start() {
        follower.start();
        running = true;
        var _ = follower.caughtUp().thenRun(() -> loaded = true);
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
