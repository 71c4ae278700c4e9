package com.avoma.webhooks.config.deliverylog;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/// `webhooks_log_records_total`: taken off Kafka by this instance, `written` or `malformed`.
@Component
class LogMetrics {
    private final Counter written;
    private final Counter malformed;

    LogMetrics(MeterRegistry registry) {
        written = counter(registry, "written");
        malformed = counter(registry, "malformed");
    }

    void written(int records) {
        written.increment(records);
    }

    void malformed() {
        malformed.increment();
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("webhooks.log.records")
                .tag("outcome", outcome)
                .description("Records of the delivery log's topics")
                .register(registry);
    }
}
