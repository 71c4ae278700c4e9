package com.avoma.webhooks.config;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.testing.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// `webhook-config`, as a consumer of committed records sees it now.
final class PublishedSnapshots {
    private PublishedSnapshots() {}

    static List<ConsumerRecord<byte[], byte[]>> records(String prefix) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (var consumer = TestBroker.consumer(List.of(prefix + "webhook-config"))) {
            var ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /// Those of one organization, in their order on Kafka.
    static List<OrganizationSnapshot> of(String prefix, UUID organization) {
        var key = organization.toString();
        return records(prefix).stream()
                .filter(r -> new String(r.key(), StandardCharsets.UTF_8).equals(key))
                .filter(r -> r.value() != null)
                .map(r -> Json.read(r.value(), OrganizationSnapshot.class))
                .toList();
    }
}
