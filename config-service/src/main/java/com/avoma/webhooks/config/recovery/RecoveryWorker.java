package com.avoma.webhooks.config.recovery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on recoveries, on threads of its own, turn by turn, so that a long one does not keep
/// others waiting. How far each is stands in the database: whoever finds one whose instance is gone
/// goes on where it was.
final class RecoveryWorker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RecoveryWorker.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAGE = Duration.ofSeconds(30);

    private final ClaimRepository claims;
    private final Turn turn;
    private final RecoveryProperties properties;
    private final Semaphore nudges = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    RecoveryWorker(ClaimRepository claims, Turn turn, RecoveryProperties properties) {
        this.claims = claims;
        this.turn = turn;
        this.properties = properties;
    }

    void start() {
        for (int i = 0; i < properties.workers(); i++) {
            threads.add(Thread.ofPlatform().name("recovery-" + i).start(this::run));
        }
    }

    /// There is something to do.
    void nudge() {
        nudges.release();
    }

    /// Ends the pages that are under way, then lets other instances go on.
    @Override
    public void close() {
        closed = true;
        nudges.release(threads.size());
        try {
            for (var thread : threads) {
                thread.join(LONGEST_PAGE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var worker = UUID.randomUUID();
        while (!closed) {
            try {
                var claim = Turn.ask(claims.claim(worker, properties.lease()));
                if (claim == null) {
                    rest();
                } else {
                    turn.take(worker, claim, () -> closed);
                    Turn.ask(claims.release(worker));
                }
            } catch (RuntimeException e) {
                // Kafka or PostgreSQL is away, or a fault: the place that was noted last holds
                log.warn("recovery.waits fault=", e);
                release(worker);
                rest();
            }
        }
        release(worker);
    }

    private void release(UUID worker) {
        try {
            Turn.ask(claims.release(worker));
        } catch (RuntimeException e) {
            log.warn("recovery.claim kept until it expires: {}", e.toString());
        }
    }

    private void rest() {
        try {
            if (!closed && nudges.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("nudged");
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }
}
