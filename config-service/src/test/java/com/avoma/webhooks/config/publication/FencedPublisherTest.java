package com.avoma.webhooks.config.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class FencedPublisherTest {
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final FencedPublisher topic =
            new FencedPublisher(
                    "webhook-config", () -> producer, new BrokerClient(noBroker(), Duration.ZERO));

    @Test
    void takesBackWhatTheBrokersHaveTooLateAndGoesOn() {
        topic.open();

        var published =
                topic.publish(
                        List.of(message()),
                        () -> {
                            assertThat(producer.flushed()).isTrue();
                            return false;
                        });

        assertThat(published).isFalse();
        assertThat(producer.transactionAborted()).isTrue();
        assertThat(producer.transactionCommitted()).isFalse();
        assertThat(producer.history()).isEmpty();
        assertThat(topic.publish(List.of(message()), () -> false)).isFalse();
    }

    private static ProducerRecord<byte[], byte[]> message() {
        return new ProducerRecord<>("webhook-config", new byte[] {1}, new byte[] {'{', '}'});
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
