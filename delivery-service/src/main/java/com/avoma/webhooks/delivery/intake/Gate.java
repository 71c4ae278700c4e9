package com.avoma.webhooks.delivery.intake;

import com.avoma.webhooks.delivery.endpoint.Endpoints;
import com.avoma.webhooks.delivery.isolation.Admission;
import com.avoma.webhooks.delivery.isolation.Isolation;
import com.avoma.webhooks.delivery.isolation.Isolation.Candidate;
import com.avoma.webhooks.delivery.pipeline.Arrival;
import java.time.Instant;
import java.util.UUID;

/// Judges a job whose turn it is. What is not sent at all needs no permit: jobs of a webhook that
/// is inactive or deleted leave its line at once.
public final class Gate {
    private final Isolation isolation;
    private final Endpoints endpoints;

    public Gate(Isolation isolation, Endpoints endpoints) {
        this.isolation = isolation;
        this.endpoints = endpoints;
    }

    /// @param line how many of the webhook wait there, this one too
    /// @param nanos the time on the clock that only goes forward
    Admission judge(Entry<Arrival> entry, int line, Instant now, long nanos) {
        return isErrand(entry.item(), now)
                ? isolation.admitErrand(entry.size())
                : isolation.admit(
                        new Candidate(entry.webhook(), entry.rank(), entry.size(), line), nanos);
    }

    /// Whether the process works on as much as it may: no job can start, a test aside.
    boolean isFull() {
        return isolation.isFull();
    }

    /// How many of a webhook's jobs start within the time that a job may wait for its turn; 0 where
    /// they are to be put off.
    int movable(UUID webhook) {
        return isolation.movable(webhook, System.nanoTime());
    }

    /// For a job that is only handed on.
    Admission errand(int size) {
        return isolation.admitErrand(size);
    }

    private boolean isErrand(Arrival arrival, Instant now) {
        return switch (arrival) {
            case Arrival.Malformed _ -> true;
            case Arrival.Job job ->
                    job.isEarly(now) || (!job.isTest() && endpoints.refuse(job.job()));
        };
    }
}
