package com.avoma.webhooks.delivery.pipeline;

import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.delivery.deadletter.SourceRecord;

/// A record that came off a topic of jobs.
public sealed interface Arrival {
    SourceRecord source();

    /// A job, due or about to be.
    record Job(DeliveryJob job, SourceRecord source) implements Arrival {}

    /// Not a job.
    ///
    /// @param fault what is wrong with it, without a value of it
    record Malformed(String fault, SourceRecord source) implements Arrival {}
}
