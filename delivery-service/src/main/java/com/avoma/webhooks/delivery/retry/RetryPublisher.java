package com.avoma.webhooks.delivery.retry;

import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.delivery.publication.RecordPublisher;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/// Puts a job where it waits for its next attempt. What takes it from there is the second
/// [com.avoma.webhooks.delivery.intake.JobListener].
public final class RetryPublisher {
    private final RecordPublisher publisher;
    private final WaitingTopics topics;

    public RetryPublisher(RecordPublisher publisher, WaitingTopics topics) {
        this.publisher = publisher;
        this.topics = topics;
    }

    /// Writes the job to the topic that fits its wait from now.
    ///
    /// @param job with its next attempt and when that is due
    public CompletableFuture<Void> publish(DeliveryJob job, Instant now) {
        var dueAt = job.dueAt() == null ? now : job.dueAt();
        var topic = topics.fitting(Duration.between(now, dueAt));
        return publisher.publish(JobRecord.of(topic, job));
    }
}
