package com.avoma.webhooks.config.delivery;

import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.json.JsonMembers;
import com.avoma.webhooks.common.json.JsonNormalizer;
import com.avoma.webhooks.common.json.MalformedJsonException;
import com.avoma.webhooks.config.deliverylog.LoggedDelivery;
import com.avoma.webhooks.config.topic.RecordClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Reads bodies back from Kafka, where they are stored once: out of the record that the last step
/// was made of, or out of the event where no step is known. What is at the place is believed only
/// where it is of that delivery: a topic may have been made anew.
@Component
class BodyClient {
    private static final Logger log = LoggerFactory.getLogger(BodyClient.class);

    private final RecordClient records;

    BodyClient(RecordClient records) {
        this.records = records;
    }

    /// What reading came to.
    sealed interface Body {}

    record Found(String text) implements Body {}

    /// Retention took the record.
    record Expired() implements Body {}

    /// The brokers do not say.
    record Unknown() implements Body {}

    /// Does not block, and never fails.
    Mono<Body> of(LoggedDelivery delivery) {
        return Mono.fromCallable(() -> read(delivery))
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorResume(fault -> {
                    log.warn("body.unknown delivery={} fault=", delivery.messageId(), fault);
                    return Mono.just(new Unknown());
                });
    }

    private Body read(LoggedDelivery delivery) throws InterruptedException {
        var last = delivery.progress().last();
        var decided = delivery.progress().decided();
        var place = last != null ? last.body() : decided == null ? null : decided.event();
        if (place == null) {
            return new Unknown();
        }
        var record = records.at(place);
        if (record == null || record.value() == null) {
            return new Expired();
        }
        if (last == null) {
            return event(record);
        }
        var id = JobRecord.text(record.headers(), JobRecord.MESSAGE_ID);
        return delivery.messageId().equals(id) ? new Found(text(record.value())) : new Expired();
    }

    private static Body event(ConsumerRecord<byte[], byte[]> record) {
        try {
            return new Found(JsonNormalizer.normalizeObject(data(record)).body().text());
        } catch (MalformedJsonException e) {
            log.debug("body.malformed", e);
            return new Expired();
        }
    }

    /// The data of an event that was routed: a CloudEvent, binary or structured.
    private static byte[] data(ConsumerRecord<byte[], byte[]> record) {
        var type = JobRecord.text(record.headers(), "content-type");
        if (type == null || !type.strip().startsWith("application/cloudevents")) {
            return record.value();
        }
        var members = JsonMembers.of(record.value());
        var data = members.value("data");
        if (data != null) {
            return data.bytes();
        }
        var base64 = members.text("data_base64");
        return base64 == null ? new byte[0] : Base64.getDecoder().decode(base64);
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
