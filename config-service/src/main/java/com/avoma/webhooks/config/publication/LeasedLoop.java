package com.avoma.webhooks.config.publication;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread that does a kind of work over and over while this instance holds the lease of it, so
/// that one instance does at a time. Whoever slept through its lease may overlap with the next
/// holder: the work itself must bear that.
public final class LeasedLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LeasedLoop.class);
    private static final Duration PAUSE_AFTER_FAULT = Duration.ofMillis(250);
    private static final Duration LONGEST_PASS = Duration.ofSeconds(10);

    private final Lease lease;
    private final Duration interval;
    private final Work work;
    private final Semaphore nudges = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    /// What is done. Blocks as it likes: the thread is its own.
    public interface Work {
        /// Does what there is to do.
        ///
        /// @param held whether there is time for another portion of it
        void pass(BooleanSupplier held);

        /// Lets go of everything: the lease is somebody else's, or the pass failed.
        void letGo();
    }

    /// The right to do the work, for a time.
    ///
    /// @param name of a row in `publication_lease`
    /// @param time how long it is held without being renewed
    public record Lease(LeaseRepository repository, String name, Duration time) {}

    /// @param interval between two passes where nobody nudges
    public LeasedLoop(Lease lease, Duration interval, Work work) {
        this.lease = lease;
        this.interval = interval;
        this.work = work;
        this.thread =
                Thread.ofPlatform().name(lease.name() + "-loop").unstarted(new Running()::run);
    }

    public void start() {
        thread.start();
    }

    /// There is something to do.
    public void nudge() {
        nudges.release();
    }

    /// Ends the portion that it has begun, then gives the lease back.
    @Override
    public void close() {
        closed = true;
        nudge();
        try {
            thread.join(LONGEST_PASS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What the thread alone looks at.
    private final class Running {
        private final UUID instance = UUID.randomUUID();
        private long leasedUntil = System.nanoTime();
        private boolean holding;

        void run() {
            while (!closed) {
                try {
                    if (leased()) {
                        work.pass(this::leased);
                    } else {
                        work.letGo();
                    }
                    awaitNudge();
                } catch (RuntimeException e) {
                    log.warn(
                            "{}.fault retry_in_ms={} fault={}",
                            lease.name(),
                            PAUSE_AFTER_FAULT.toMillis(),
                            rootOf(e).toString());
                    work.letGo();
                    pause();
                }
            }
            work.letGo();
            giveBack();
        }

        /// Whether this instance may work; renews when a third of the lease is over.
        private boolean leased() {
            long now = System.nanoTime();
            if (closed) {
                return false;
            }
            if (holding && now - leasedUntil + lease.time().toNanos() * 2 / 3 < 0) {
                return true;
            }
            boolean held = holding;
            holding = false;
            holding = lease.repository().take(lease.name(), instance, lease.time());
            leasedUntil = now + lease.time().toNanos();
            if (holding != held) {
                log.info("{}.lease held={} instance={}", lease.name(), holding, instance);
            }
            return holding;
        }

        private void giveBack() {
            try {
                lease.repository().release(lease.name(), instance);
            } catch (RuntimeException e) {
                log.warn("{}.lease kept until it expires: {}", lease.name(), rootOf(e).toString());
            }
        }

        private void awaitNudge() {
            try {
                if (nudges.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                    nudges.drainPermits();
                }
            } catch (InterruptedException e) {
                closed = true;
            }
        }

        private void pause() {
            try {
                Thread.sleep(PAUSE_AFTER_FAULT);
            } catch (InterruptedException e) {
                closed = true;
            }
        }
    }

    private static Throwable rootOf(Throwable e) {
        var cause = e.getCause();
        return cause == null || cause == e ? e : rootOf(cause);
    }
}
