package com.avoma.webhooks.delivery.isolation;

import org.jspecify.annotations.Nullable;

/// The right to work on one job, from its start until a crash would not repeat it. It has to be
/// ended, once. The fields are [Isolation]'s, under its lock.
public final class Ticket {
    private final Isolation isolation;
    final @Nullable WebhookFlow flow;
    final Rank rank;
    final int size;
    final boolean probe;
    boolean holdsPermit;

    /// Whether there is only something to write.
    boolean errand;

    /// Whether there was more to do at first.
    final boolean sends;

    boolean written;

    boolean sent;
    long sentAt;
    @Nullable Ticket older;
    @Nullable Ticket newer;

    /// @param flow null where no attempt of it counts
    private Ticket(
            Isolation isolation,
            @Nullable WebhookFlow flow,
            Rank rank,
            int size,
            boolean probe,
            boolean sends) {
        this.isolation = isolation;
        this.flow = flow;
        this.rank = rank;
        this.size = size;
        this.probe = probe;
        this.sends = sends;
        this.errand = !sends;
    }

    /// For an attempt.
    ///
    /// @param size bytes
    static Ticket toSend(
            Isolation isolation, @Nullable WebhookFlow flow, Rank rank, int size, boolean probe) {
        return new Ticket(isolation, flow, rank, size, probe, true);
    }

    /// For writing a job somewhere else.
    static Ticket toWrite(Isolation isolation, int size) {
        return new Ticket(isolation, null, Rank.DEFERRED, size, false, false);
    }

    /// The request goes out.
    public void sending(long now) {
        isolation.sending(this, now);
    }

    /// The attempt has ended; what follows from it is still to be written down, which keeps no
    /// other attempt waiting.
    ///
    /// @param event a number that tells the webhook's events apart
    public void attempted(Result result, int event, long now) {
        isolation.attempted(this, result, event, now);
    }

    /// What follows is safe on the brokers. A crash would repeat it until the end.
    public void written(long now) {
        isolation.written(this, now);
    }

    /// Nothing is left to do, or it is given up.
    public void end(long now) {
        isolation.ended(this, now);
    }
}
