package com.avoma.webhooks.delivery.isolation;

import com.avoma.webhooks.delivery.isolation.Admission.Cause;
import com.avoma.webhooks.delivery.isolation.Admission.Defer;
import com.avoma.webhooks.delivery.isolation.Admission.Go;
import com.avoma.webhooks.delivery.isolation.Admission.Wait;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Admits jobs: at most so many attempts at a time for each webhook, as its endpoint bears
/// ([AdaptiveLimit]), none where its [Circuit] is open, and so much in the process as a whole
/// ([ProcessPermits]). What cannot start soon is put off at its webhook's [Pace], so that it stands
/// in nobody's way. What it knows is bounded: of webhooks with nothing under way the least recently
/// used are forgotten, and begin anew. Thread-safe.
public final class Isolation {
    private static final long JUDGED_EVERY = Duration.ofMillis(100).toNanos();
    private static final int LOOKED_AT = 64;
    private static final int UNKNOWN = 40;

    private final ProcessPermits process;
    private final int perWebhook;
    private final int mostKnown;
    private final LinkedHashMap<UUID, WebhookFlow> flows = new LinkedHashMap<>(256, 0.75f, true);
    private final Set<WebhookFlow> busy = new HashSet<>();
    private boolean judged;
    private long judgedAt;

    /// A job that is due.
    ///
    /// @param size bytes that it takes
    /// @param line how many jobs of its webhook are due where it waits, itself too
    public record Candidate(UUID webhook, Rank rank, int size, int line) {}

    /// @param most jobs of the process
    /// @param mostBytes bytes of the process' jobs
    /// @param perWebhook jobs of a webhook whose endpoint is at its best
    /// @param mostKnown webhooks
    public Isolation(int most, long mostBytes, int perWebhook, int mostKnown) {
        this.process = new ProcessPermits(most, mostBytes);
        this.perWebhook = perWebhook;
        this.mostKnown = mostKnown;
    }

    /// Decides about a job that is due.
    public synchronized Admission admit(Candidate job, long now) {
        judgeNowAndThen(now);
        if (job.rank() == Rank.URGENT) {
            return process.admitsUrgent(job.size()) ? go(null, job) : Wait.FOR_NOW;
        }
        var flow = flow(job.webhook());
        var cause = causeAgainst(flow, job, now);
        if (cause == null) {
            return process.isUnsettled() ? Wait.FOR_NOW : go(flow, job);
        }
        boolean waits =
                switch (cause) {
                    case CIRCUIT -> false;
                    case PROCESS ->
                            switch (flow.standing()) {
                                case PROVEN -> true;
                                case UNPROVEN -> !process.isCrowdedBySlow();
                                case SLOW ->
                                        !process.slowShareIsFull(job.size())
                                                && flow.moves(job.line(), now);
                            };
                    case PERMITS -> flow.moves(job.line(), now);
                };
        if (waits || !process.admitsErrand(job.size())) {
            return Wait.FOR_NOW;
        }
        var delay = Duration.ofNanos(flow.delay(cause, job.rank(), now));
        return new Defer(cause, delay, errandStarted(job.size()));
    }

    /// How many of a webhook's jobs start within the time that a job may wait for its turn; 0 where
    /// they are to be put off.
    public synchronized int movable(UUID webhook, long now) {
        var flow = flows.get(webhook);
        return flow == null ? UNKNOWN : flow.movable(now);
    }

    /// For a job that only has to be written somewhere else: needs no permit of its webhook.
    public synchronized Admission admitErrand(int size) {
        return process.admitsErrand(size) ? new Go(errandStarted(size)) : Wait.FOR_NOW;
    }

    /// Whether no job of any webhook can start, a test aside.
    public synchronized boolean isFull() {
        return process.isFull();
    }

    /// How many jobs are under way.
    public synchronized int inFlight() {
        return process.jobs();
    }

    /// How many webhooks it knows.
    public synchronized int known() {
        return flows.size();
    }

    private @Nullable Cause causeAgainst(WebhookFlow flow, Candidate job, long now) {
        if (flow.refuses(now)) {
            return Cause.CIRCUIT;
        }
        if (!flow.hasPermit(job.rank(), now)) {
            return Cause.PERMITS;
        }
        return process.admits(flow.standing(), job.size()) ? null : Cause.PROCESS;
    }

    private Admission go(@Nullable WebhookFlow flow, Candidate job) {
        process.started(job.size());
        boolean probe = flow != null && flow.start(job.rank());
        var ticket = Ticket.toSend(this, flow, job.rank(), job.size(), probe);
        if (flow != null) {
            flow.add(ticket);
            process.changed(flow.standing(), 1, job.size());
            busy.add(flow);
        }
        return new Go(ticket);
    }

    private Ticket errandStarted(int size) {
        process.errandStarted(size);
        return Ticket.toWrite(this, size);
    }

    synchronized void sending(Ticket ticket, long now) {
        ticket.sent = true;
        ticket.sentAt = now;
    }

    synchronized void attempted(Ticket ticket, Result result, int event, long now) {
        var flow = ticket.flow;
        if (flow == null || !ticket.holdsPermit) {
            return;
        }
        flow.attempted(ticket, result, event, now);
        release(flow, ticket, now);
        process.ended(ticket.size);
        process.errandStarted(ticket.size);
        ticket.errand = true;
    }

    synchronized void ended(Ticket ticket, long now) {
        if (ticket.sends) {
            written(ticket, now);
            process.settled();
        } else {
            process.errandEnded(ticket.size);
        }
    }

    synchronized void written(Ticket ticket, long now) {
        // what was put off keeps its place among what is written until it is not repeated any more
        if (ticket.written || !ticket.sends) {
            return;
        }
        ticket.written = true;
        var flow = ticket.flow;
        if (ticket.errand) {
            process.errandEnded(ticket.size);
            return;
        }
        process.ended(ticket.size);
        if (flow != null && ticket.holdsPermit) {
            flow.abandon(ticket);
            release(flow, ticket, now);
        }
    }

    private void release(WebhookFlow flow, Ticket ticket, long now) {
        process.changed(flow.standing(), -1, -ticket.size);
        flow.remove(ticket);
        if (flow.inFlight() == 0) {
            busy.remove(flow);
        }
        judge(flow, now);
    }

    private void judgeNowAndThen(long now) {
        if (!judged || now - judgedAt >= JUDGED_EVERY) {
            judged = true;
            judgedAt = now;
            busy.forEach(flow -> judge(flow, now));
        }
    }

    private void judge(WebhookFlow flow, long now) {
        var before = flow.standing();
        var after = flow.judge(now);
        if (before != after) {
            process.changed(before, -flow.inFlight(), -flow.bytesInFlight());
            process.changed(after, flow.inFlight(), flow.bytesInFlight());
        }
    }

    private WebhookFlow flow(UUID webhook) {
        var known = flows.get(webhook);
        if (known != null) {
            return known;
        }
        if (flows.size() >= mostKnown) {
            forgetOne();
        }
        var flow = new WebhookFlow(perWebhook);
        flows.put(webhook, flow);
        return flow;
    }

    /// The least recently used of which nothing is under way, a healthy one if there is one near.
    private void forgetOne() {
        UUID idle = null;
        int looked = 0;
        for (Map.Entry<UUID, WebhookFlow> known : flows.entrySet()) {
            var flow = known.getValue();
            if (flow.isIdleAndHealthy()) {
                flows.remove(known.getKey());
                return;
            }
            if (idle == null && flow.inFlight() == 0) {
                idle = known.getKey();
            }
            if (++looked >= LOOKED_AT && idle != null) {
                break;
            }
        }
        if (idle != null) {
            flows.remove(idle);
        }
    }
}
