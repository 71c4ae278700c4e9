package com.avoma.webhooks.config.housekeeping;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Deletes what is over, again and again until it is closed. Every instance does; that two do it at
/// once harms nothing, and a fault waits for the next time.
public final class Sweep implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Sweep.class);

    private final Disposable running;

    /// @param what for the log
    /// @param sweep completes with the number of deleted rows
    public Sweep(String what, Duration interval, Supplier<Mono<Long>> sweep) {
        running =
                Flux.interval(interval)
                        .onBackpressureDrop()
                        .concatMap(
                                _ -> Mono.defer(sweep).onErrorResume(fault -> behind(what, fault)))
                        .subscribe(rows -> log.debug("sweep.done what={} rows={}", what, rows));
    }

    @Override
    public void close() {
        running.dispose();
    }

    private static Mono<Long> behind(String what, Throwable fault) {
        log.warn("sweep.behind what={} fault={}", what, fault.toString());
        return Mono.empty();
    }
}
