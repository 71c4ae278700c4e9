package com.avoma.webhooks.config.publication;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.publication.OutboxRepository.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class SnapshotTopicPublisherTest {
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final SnapshotTopicPublisher topic =
            new SnapshotTopicPublisher(
                    () -> producer, "webhook-config", new BrokerClient(noBroker(), Duration.ZERO));

    @Test
    void takesBackWhatTheBrokersHaveTooLateAndGoesOn() {
        topic.open();

        var published =
                topic.publish(
                        List.of(entry()),
                        () -> {
                            assertThat(producer.flushed()).isTrue();
                            return false;
                        });

        assertThat(published).isFalse();
        assertThat(producer.transactionAborted()).isTrue();
        assertThat(producer.transactionCommitted()).isFalse();
        assertThat(producer.history()).isEmpty();
        assertThat(topic.publish(List.of(entry()), () -> false)).isFalse();
    }

    private static Entry entry() {
        return new Entry(1, UUID.randomUUID(), 1, new byte[] {'{', '}'}, Instant.EPOCH, 100L);
    }

    /// Nobody is asked about what was aborted.
    private static Admin noBroker() {
        return (Admin)
                java.lang.reflect.Proxy.newProxyInstance(
                        Admin.class.getClassLoader(),
                        new Class<?>[] {Admin.class},
                        (_, method, _) -> {
                            throw new AssertionError("asked: " + method);
                        });
    }
}
