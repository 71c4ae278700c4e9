package com.avoma.webhooks.delivery.retry;

import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.delivery.publication.RecordPublisher;
import java.util.concurrent.CompletableFuture;

/// Puts a job that may not start to `delivery-deferred`, with the same attempt and a time. What
/// takes it from there is the second [com.avoma.webhooks.delivery.intake.JobListener].
public final class DeferralPublisher {
    private final RecordPublisher publisher;
    private final String topic;

    public DeferralPublisher(RecordPublisher publisher, String topic) {
        this.publisher = publisher;
        this.topic = topic;
    }

    /// @param job with its time
    public CompletableFuture<Void> publish(DeliveryJob job) {
        return publisher.publish(JobRecord.of(topic, job));
    }
}
