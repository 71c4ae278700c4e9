package com.avoma.webhooks.config.housekeeping;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// A gauge of what there is in the database, counted now and then. Every instance reports the same
/// number, so dashboards take the largest, not the sum. NaN while it is not known.
public final class CountMetrics implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CountMetrics.class);

    private final String name;
    private final Disposable counting;
    private volatile double last = Double.NaN;

    /// Counts at once, and then in every interval.
    ///
    /// @param name of the gauge, as Micrometer has it
    public CountMetrics(
            MeterRegistry registry,
            String name,
            String description,
            Duration interval,
            Supplier<Mono<Long>> count) {
        this.name = name;
        Gauge.builder(name, () -> last)
                .description(description)
                .strongReference(true)
                .register(registry);
        counting =
                Flux.interval(Duration.ZERO, interval)
                        .onBackpressureDrop()
                        .concatMap(_ -> count.get().onErrorResume(this::unknown))
                        .subscribe(counted -> last = counted);
    }

    @Override
    public void close() {
        counting.dispose();
    }

    /// No number is better than an old one.
    private Mono<Long> unknown(Throwable fault) {
        log.debug("metrics.behind name={}", name, fault);
        last = Double.NaN;
        return Mono.empty();
    }
}
