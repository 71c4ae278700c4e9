package com.avoma.webhooks.config.publication;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// How long changes take to get to Kafka.
@Component
public class PublicationMetrics {
    private final Timer propagation;

    PublicationMetrics(MeterRegistry registry) {
        propagation =
                Timer.builder("webhooks.config.propagation")
                        .description("From the commit of a change to its snapshot on Kafka")
                        .publishPercentileHistogram()
                        .register(registry);
    }

    void published(Duration afterCommit) {
        propagation.record(afterCommit.isNegative() ? Duration.ZERO : afterCommit);
    }
}
