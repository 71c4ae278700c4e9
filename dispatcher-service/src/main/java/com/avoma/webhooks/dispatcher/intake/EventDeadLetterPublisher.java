package com.avoma.webhooks.dispatcher.intake;

import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.topic.Topics;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/// Puts a record that cannot be routed on `meeting-events-dead-letters` as it came, with the
/// reason, within the transaction that moves past it.
@Component
class EventDeadLetterPublisher {
    private static final Logger log = LoggerFactory.getLogger(EventDeadLetterPublisher.class);

    private final KafkaTemplate<byte[], byte[]> kafka;
    private final Topics topics;

    EventDeadLetterPublisher(KafkaTemplate<byte[], byte[]> kafka, Topics topics) {
        this.kafka = kafka;
        this.topics = topics;
    }

    void publish(ConsumerRecord<byte[], byte[]> record, Intake.Rejected rejected) {
        var reason = rejected.reason().name().toLowerCase(Locale.ROOT);
        var headers = new RecordHeaders(record.headers().toArray());
        JobRecord.put(headers, JobRecord.REASON, reason);
        JobRecord.put(headers, JobRecord.DETAIL, rejected.detail());
        var _ =
                kafka.send(
                        new ProducerRecord<>(
                                topics.meetingEventsDeadLetters(),
                                null,
                                record.key(),
                                record.value(),
                                headers));
        log.warn(
                "event.dead_lettered topic={} partition={} offset={} reason={} detail={}",
                record.topic(),
                record.partition(),
                record.offset(),
                reason,
                rejected.detail());
    }
}
