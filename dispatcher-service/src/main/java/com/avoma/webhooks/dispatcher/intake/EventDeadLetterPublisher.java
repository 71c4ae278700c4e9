package com.avoma.webhooks.dispatcher.intake;

import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.topic.TopicCatalog;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.dispatcher.event.Intake;
import com.avoma.webhooks.dispatcher.publication.TransactionPublisher;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Puts a record that cannot be routed on `meeting-events-dead-letters` as it came, with the
/// reason, within the transaction that moves past it.
@Component
class EventDeadLetterPublisher {
    private static final Logger log = LoggerFactory.getLogger(EventDeadLetterPublisher.class);

    /// A value that leaves room for key and headers below what the topic takes.
    private static final int LARGEST_VALUE = TopicCatalog.LARGEST_DEAD_LETTER - 2 * 1024 * 1024;

    private final String topic;

    EventDeadLetterPublisher(Topics topics) {
        this.topic = topics.meetingEventsDeadLetters();
    }

    void publish(
            ConsumerRecord<byte[], byte[]> record,
            Intake.Rejected rejected,
            TransactionPublisher transaction) {
        var reason = rejected.reason().name().toLowerCase(Locale.ROOT);
        var headers = new RecordHeaders(record.headers().toArray());
        JobRecord.put(headers, JobRecord.REASON, reason);
        JobRecord.put(headers, JobRecord.DETAIL, detail(record, rejected));
        transaction.publish(
                new ProducerRecord<>(
                        topic,
                        null,
                        record.key(),
                        isTooLarge(record) ? null : record.value(),
                        headers));
        log.warn(
                "event.dead_lettered topic={} partition={} offset={} reason={} detail={}",
                record.topic(),
                record.partition(),
                record.offset(),
                reason,
                rejected.detail());
    }

    /// Only where an operator has let meeting-events take more than the dead letters do.
    private static boolean isTooLarge(ConsumerRecord<byte[], byte[]> record) {
        return record.serializedValueSize() > LARGEST_VALUE;
    }

    private static String detail(ConsumerRecord<byte[], byte[]> record, Intake.Rejected rejected) {
        return isTooLarge(record)
                ? "%s; the value is at %s, partition %d, offset %d"
                        .formatted(
                                rejected.detail(),
                                record.topic(),
                                record.partition(),
                                record.offset())
                : rejected.detail();
    }
}
