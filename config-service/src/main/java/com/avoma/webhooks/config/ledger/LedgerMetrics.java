package com.avoma.webhooks.config.ledger;

import com.avoma.webhooks.config.isolation.Scope;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;

/// `webhooks_unaccounted_deliveries`, of all organizations, and `webhooks_consumer_lag{topic}` of
/// the log's topics. Every instance reports the same numbers, so dashboards take the largest, not
/// the sum; one that is not known is not reported. What it asks blocks, so it has a thread of its
/// own, which the [Reconciliation] runs on, too.
@Component
@DependsOnDatabaseInitialization
class LedgerMetrics {
    private static final Logger log = LoggerFactory.getLogger(LedgerMetrics.class);
    private static final Duration COUNT_TIMEOUT = Duration.ofSeconds(10);
    private static final long INTERVAL_MS = 5_000;

    private final LedgerRepository repository;
    private final PendingJobsClient backlog;
    private final Reconciliation reconciliation;
    private final Map<String, Double> lags = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("ledger").daemon().factory());
    private volatile double unaccounted = Double.NaN;

    LedgerMetrics(
            LedgerRepository repository,
            PendingJobsClient backlog,
            LedgerProperties properties,
            MeterRegistry registry,
            Clock clock) {
        this.repository = repository;
        this.backlog = backlog;
        this.reconciliation = new Reconciliation(repository, backlog, properties, clock);
        Gauge.builder("webhooks.unaccounted.deliveries", () -> unaccounted)
                .description("Deliveries that nothing explains; /v1/ledger/ names them")
                .register(registry);
        for (var topic : backlog.logTopics()) {
            Gauge.builder("webhooks.consumer.lag", () -> lags.getOrDefault(topic, Double.NaN))
                    .tag("topic", backlog.plain(topic))
                    .description("Records that are still to be taken")
                    .register(registry);
        }
        long interval = Math.min(INTERVAL_MS, properties.interval().toMillis());
        var _ = thread.scheduleWithFixedDelay(this::run, 0, interval, TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void stop() {
        thread.shutdownNow();
    }

    /// One fault does not end the next look.
    private void run() {
        try {
            reconciliation.look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (RuntimeException e) {
            log.warn("ledger.behind fault={}", e.toString());
        }
        try {
            var count =
                    repository
                            .countUnaccounted()
                            .contextWrite(Scope.every(Scope.Reason.METRICS))
                            .block(COUNT_TIMEOUT);
            unaccounted = count == null ? Double.NaN : count;
        } catch (RuntimeException e) {
            unaccounted = Double.NaN;
            log.debug("metrics.behind", e);
        }
        try {
            backlog.logLag().forEach((topic, lag) -> lags.put(topic, (double) lag));
        } catch (RuntimeException e) {
            lags.clear();
            log.debug("metrics.behind", e);
        }
    }
}
