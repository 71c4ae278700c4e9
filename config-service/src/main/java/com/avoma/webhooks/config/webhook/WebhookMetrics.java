package com.avoma.webhooks.config.webhook;

import com.avoma.webhooks.config.housekeeping.CountMetrics;
import com.avoma.webhooks.config.setup.WebhookRepository;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;

/// `webhooks_active`: of all organizations, counted every 15 seconds.
@Component
@DependsOnDatabaseInitialization
class WebhookMetrics {
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final CountMetrics active;

    WebhookMetrics(WebhookRepository webhooks, MeterRegistry registry) {
        active =
                new CountMetrics(
                        registry,
                        "webhooks.active",
                        "Webhooks that are sent to",
                        INTERVAL,
                        webhooks::countActive);
    }

    @PreDestroy
    void stop() {
        active.close();
    }
}
