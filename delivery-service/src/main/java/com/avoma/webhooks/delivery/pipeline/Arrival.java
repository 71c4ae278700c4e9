package com.avoma.webhooks.delivery.pipeline;

import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.DeliveryJob.Origin;
import com.avoma.webhooks.delivery.deadletter.SourceRecord;
import java.time.Instant;

/// A record that came off a topic of jobs.
public sealed interface Arrival {
    SourceRecord source();

    /// A job, due or about to be.
    record Job(DeliveryJob job, SourceRecord source) implements Arrival {
        /// Whether its time is still to come.
        public boolean isEarly(Instant now) {
            return job.dueAt() != null && job.dueAt().isAfter(now);
        }

        /// Whether it is a test send: made at once, whatever the webhook's state, and once.
        public boolean isTest() {
            return job.origin() == Origin.TEST;
        }
    }

    /// Not a job.
    ///
    /// @param fault what is wrong with it, without a value of it
    record Malformed(String fault, SourceRecord source) implements Arrival {}
}
