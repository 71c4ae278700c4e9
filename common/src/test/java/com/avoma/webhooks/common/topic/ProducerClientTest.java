package com.avoma.webhooks.common.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProducerClientTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void showsItsMetricsForAsLongAsItLives() {
        var client = new ProducerClient(Map.of("bootstrap.servers", "127.0.0.1:1"), registry);
        assertThat(registry.getMeters())
                .anyMatch(meter -> meter.getId().getName().startsWith("kafka.producer."));

        client.close(Duration.ZERO);

        assertThat(registry.getMeters()).isEmpty();
    }
}
