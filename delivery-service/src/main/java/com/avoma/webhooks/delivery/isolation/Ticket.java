package com.avoma.webhooks.delivery.isolation;

import org.jspecify.annotations.Nullable;

/// The right to work on one job, from its start until everything that follows from it is safe. It
/// has to be ended, once. The fields are [Isolation]'s, under its lock.
public final class Ticket {
    private final Isolation isolation;
    final @Nullable WebhookFlow flow;
    final Rank rank;
    final int size;
    final boolean probe;
    boolean holdsPermit;

    /// Whether there is only something to write.
    boolean errand;

    boolean sent;
    long sentAt;
    @Nullable Ticket older;
    @Nullable Ticket newer;

    /// @param flow null where no attempt of it counts
    /// @param size bytes
    Ticket(Isolation isolation, @Nullable WebhookFlow flow, Rank rank, int size, boolean probe) {
        this.isolation = isolation;
        this.flow = flow;
        this.rank = rank;
        this.size = size;
        this.probe = probe;
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

    /// Nothing is left to do.
    public void end(long now) {
        isolation.ended(this, now);
    }
}
