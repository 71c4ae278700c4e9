package com.avoma.webhooks.dispatcher.fanout;

import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.topic.Topics;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/// Puts jobs on `delivery-jobs`, within the transaction of their event. Next, in delivery-service:
/// `JobListener`.
@Component
public class JobPublisher {
    private final KafkaTemplate<byte[], byte[]> kafka;
    private final Topics topics;

    JobPublisher(KafkaTemplate<byte[], byte[]> kafka, Topics topics) {
        this.kafka = kafka;
        this.topics = topics;
    }

    /// Hands the job to the producer. That it arrived is known when the transaction commits.
    public void publish(DeliveryJob job) {
        var _ = kafka.send(JobRecord.of(topics.deliveryJobs(), job));
    }
}
