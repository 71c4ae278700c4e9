package com.avoma.webhooks.config.webhook;

import com.avoma.webhooks.config.setup.WebhookRepository;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// `webhooks_active`: of all organizations, counted every 15 seconds. Every instance reports the
/// same number, so dashboards take the largest, not the sum.
@Component
@DependsOnDatabaseInitialization
class WebhookMetrics {
    private static final Logger log = LoggerFactory.getLogger(WebhookMetrics.class);
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final Disposable counting;
    private volatile double active = Double.NaN;

    WebhookMetrics(WebhookRepository webhooks, MeterRegistry registry) {
        Gauge.builder("webhooks.active", () -> active)
                .description("Webhooks that are sent to")
                .register(registry);
        counting =
                Flux.interval(Duration.ZERO, INTERVAL)
                        .onBackpressureDrop()
                        .concatMap(_ -> webhooks.countActive().onErrorResume(this::unknown))
                        .subscribe(count -> active = count);
    }

    @PreDestroy
    void stop() {
        counting.dispose();
    }

    /// No number is better than an old one.
    private Mono<Long> unknown(Throwable fault) {
        log.debug("metrics.behind", fault);
        active = Double.NaN;
        return Mono.empty();
    }
}
