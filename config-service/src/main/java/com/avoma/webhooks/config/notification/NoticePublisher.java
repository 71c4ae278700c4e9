package com.avoma.webhooks.config.notification;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.config.isolation.Scope;
import com.avoma.webhooks.config.notification.NoticeRepository.Entry;
import com.avoma.webhooks.config.publication.FencedPublisher;
import com.avoma.webhooks.config.publication.LeasedLoop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/// Carries notices from PostgreSQL to `webhook-notifications`, as CloudEvents in binary mode. A
/// crash between Kafka's commit and the deletion of the row sends a notice twice, with the same
/// `id`: never none.
final class NoticePublisher implements LeasedLoop.Work {
    private static final Logger log = LoggerFactory.getLogger(NoticePublisher.class);
    private static final Duration DATABASE_TIMEOUT = Duration.ofSeconds(10);
    private static final int BATCH = 100;

    private final NoticeRepository notices;
    private final FencedPublisher topic;

    NoticePublisher(NoticeRepository notices, FencedPublisher topic) {
        this.notices = notices;
        this.topic = topic;
    }

    @Override
    public void pass(BooleanSupplier held) {
        topic.open();
        for (var entries = next(); !entries.isEmpty(); entries = next()) {
            topic.publish(entries.stream().map(this::record).toList(), () -> true);
            await(notices.sent(entries));
            entries.forEach(entry ->
                    log.info(
                            "notice.published id={} type={} organization={} subject={}",
                            entry.uuid(),
                            entry.type(),
                            entry.organization(),
                            entry.subject()));
            if (!held.getAsBoolean()) {
                return;
            }
        }
    }

    @Override
    public void letGo() {
        topic.close();
    }

    private ProducerRecord<byte[], byte[]> record(Entry entry) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("organization_uuid", entry.organization());
        data.put("admin_emails", entry.admins());
        data.putAll(entry.data());
        var record =
                new ProducerRecord<>(
                        topic.topic(), bytes(entry.organization().toString()), Json.write(data));
        var headers = record.headers();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", entry.uuid().toString());
        put(headers, "ce_source", "config-service");
        put(headers, "ce_type", entry.type());
        put(headers, "ce_subject", entry.subject());
        put(headers, "ce_time", entry.created().toString());
        put(headers, "ce_organizationid", entry.organization().toString());
        put(headers, "content-type", "application/json");
        return record;
    }

    private List<Entry> next() {
        return await(notices.oldest(BATCH).collectList());
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, bytes(value));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Blocks: this is the publisher's own thread.
    private static <T> T await(Mono<T> answer) {
        return answer.contextWrite(Scope.every(Scope.Reason.PUBLICATION))
                .blockOptional(DATABASE_TIMEOUT)
                .orElseThrow();
    }
}
