package com.avoma.webhooks.dispatcher.fanout;

import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.dispatcher.publication.TransactionPublisher;
import org.springframework.stereotype.Component;

/// Puts jobs on `delivery-jobs`, within the transaction of their event. Next, in delivery-service:
/// `JobListener`.
@Component
public class JobPublisher {
    private final String topic;

    JobPublisher(Topics topics) {
        this.topic = topics.deliveryJobs();
    }

    public void publish(DeliveryJob job, TransactionPublisher transaction) {
        transaction.publish(JobRecord.of(topic, job));
    }
}
