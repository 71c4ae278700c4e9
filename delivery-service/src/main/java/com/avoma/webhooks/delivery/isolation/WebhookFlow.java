package com.avoma.webhooks.delivery.isolation;

import com.avoma.webhooks.delivery.isolation.Admission.Cause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What is known of one webhook and under way to it. [Isolation] calls it under its lock.
final class WebhookFlow {
    private static final long SLOW = Duration.ofSeconds(2).toNanos();
    private static final long LONGEST_WAIT = Duration.ofSeconds(1).toNanos();
    private static final long UNKNOWN_LATENCY = Duration.ofMillis(100).toNanos();

    /// A line of this length moves within [#LONGEST_WAIT], or is cut.
    private static final int LONGEST_LINE = 500;

    private static final int SHORT_PART = 10;

    private final AdaptiveLimit limit;
    private final Circuit circuit = new Circuit();
    private final Pace pace = new Pace();
    private Standing standing = Standing.UNPROVEN;
    private int inFlight;
    private int behindInFlight;
    private long bytesInFlight;
    private long deferred;
    private long liveSeen;
    private boolean probeScheduled;
    private @Nullable Ticket oldest;
    private @Nullable Ticket newest;

    WebhookFlow(int mostPermits) {
        this.limit = new AdaptiveLimit(mostPermits);
    }

    Standing standing() {
        return standing;
    }

    int inFlight() {
        return inFlight;
    }

    long bytesInFlight() {
        return bytesInFlight;
    }

    /// Whether forgetting it loses nothing.
    boolean isIdleAndHealthy() {
        return inFlight == 0 && deferred == 0 && !circuit.isOpen();
    }

    /// Whether the circuit lets no attempt through.
    boolean refuses(long now) {
        return !circuit.admits(now);
    }

    /// Whether a permit is free for a job of the rank. Live jobs keep one from those behind them,
    /// or half of them while some wait; the last one goes by turns.
    boolean hasPermit(Rank rank, long now) {
        int permits = circuit.isOpen() ? 1 : limit.permits();
        if (!rank.isBehind()) {
            boolean free = inFlight < permits;
            if (!free) {
                liveSeen = now;
            }
            return free;
        }
        if (permits == 1) {
            return inFlight == 0;
        }
        boolean liveWaits = liveSeen != 0 && now - liveSeen < LONGEST_WAIT;
        return inFlight < permits && behindInFlight < (liveWaits ? permits / 2 : permits - 1);
    }

    /// Whether a line of that length moves fast enough to wait in it.
    boolean moves(int line, long now) {
        long wait = line * interval(now);
        return wait <= LONGEST_WAIT && (line <= LONGEST_LINE || wait <= LONGEST_WAIT / SHORT_PART);
    }

    /// How many jobs start within [#LONGEST_WAIT]; 0 where they are to be put off.
    int movable(long now) {
        return circuit.isOpen() ? 0 : (int) (LONGEST_WAIT / interval(now));
    }

    /// How long a job is put off.
    long delay(Cause cause, Rank rank, long now) {
        if (rank != Rank.DEFERRED) {
            deferred++;
        }
        if (cause != Cause.CIRCUIT) {
            return pace.next(interval(now), deferred, now);
        }
        long untilProbe = circuit.untilProbe(now);
        if (!probeScheduled && untilProbe > 0) {
            probeScheduled = true;
            return untilProbe;
        }
        return pace.after(untilProbe, deferred, now);
    }

    /// @return whether the attempt is a probe
    boolean start(Rank rank) {
        if (rank == Rank.DEFERRED) {
            deferred = Math.max(0, deferred - 1);
        }
        return circuit.started();
    }

    void add(Ticket ticket) {
        inFlight++;
        bytesInFlight += ticket.size;
        behindInFlight += ticket.rank.isBehind() ? 1 : 0;
        ticket.holdsPermit = true;
        ticket.older = newest;
        if (newest == null) {
            oldest = ticket;
        } else {
            newest.newer = ticket;
        }
        newest = ticket;
    }

    void remove(Ticket ticket) {
        inFlight--;
        bytesInFlight -= ticket.size;
        behindInFlight -= ticket.rank.isBehind() ? 1 : 0;
        ticket.holdsPermit = false;
        if (ticket.older == null) {
            oldest = ticket.newer;
        } else {
            ticket.older.newer = ticket.newer;
        }
        if (ticket.newer == null) {
            newest = ticket.older;
        } else {
            ticket.newer.older = ticket.older;
        }
    }

    void attempted(Ticket ticket, Result result, int event, long now) {
        limit.ended(result, ticket.sentAt, now, inFlight);
        if (result != Result.DELIVERED) {
            circuit.failed(event, ticket.probe, now);
            probeScheduled = circuit.isOpen() && probeScheduled && !ticket.probe;
        } else if (circuit.succeeded()) {
            limit.restart();
            pace.reset();
            probeScheduled = false;
        }
    }

    void abandon(Ticket ticket) {
        if (ticket.probe) {
            circuit.abandoned();
        }
    }

    /// Takes what is under way as evidence, and says where the webhook stands from here on.
    Standing judge(long now) {
        long age = age(now);
        limit.aged(age, now);
        standing =
                Math.max(limit.latency(), age) > SLOW
                        ? Standing.SLOW
                        : limit.latency() == 0 ? Standing.UNPROVEN : Standing.PROVEN;
        return standing;
    }

    private long interval(long now) {
        long latency = limit.latency() == 0 ? UNKNOWN_LATENCY : limit.latency();
        long age = age(now);
        return Math.max(1, (limit.hangs(age) ? Math.max(latency, age) : latency) / limit.permits());
    }

    private long age(long now) {
        return oldest == null || !oldest.sent ? 0 : now - oldest.sentAt;
    }
}
