package com.avoma.webhooks.config;

import com.avoma.webhooks.testing.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `webhook-notifications`, as the product's mailer sees it.
final class PublishedNotices {
    private static final JsonMapper MAPPER = new JsonMapper();

    private PublishedNotices() {}

    /// A notice, in the parts that a consumer looks at.
    record Seen(ConsumerRecord<byte[], byte[]> record) {
        String header(String name) {
            var header = record.headers().lastHeader(name);
            return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
        }

        String type() {
            return header("ce_type");
        }

        JsonNode data() {
            return MAPPER.readTree(record.value());
        }
    }

    /// Those of one organization, in their order.
    static List<Seen> of(String prefix, UUID organization) {
        List<Seen> seen = new ArrayList<>();
        try (var consumer = TestBroker.consumer(List.of(prefix + "webhook-notifications"))) {
            var ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> seen.add(new Seen(record)));
            }
        }
        return seen.stream()
                .filter(one ->
                        new String(one.record().key(), StandardCharsets.UTF_8)
                                .equals(organization.toString()))
                .toList();
    }

    /// Waits until there are so many.
    static List<Seen> await(String prefix, UUID organization, int count) {
        return org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> of(prefix, organization), seen -> seen.size() >= count);
    }
}
