package com.avoma.webhooks.config.console.live;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/// What viewers watch. Those who watch the same thing share one feed, which reads it every interval
/// while there is one of them, a slow read after the other: what the database is asked does not
/// grow with the viewers, and has a bound whatever they look at.
public final class LiveFeeds {
    private static final Logger log = LoggerFactory.getLogger(LiveFeeds.class);

    private final Duration interval;
    private final int most;
    private final Scheduler scheduler;
    private final Map<Object, Flux<?>> feeds = new ConcurrentHashMap<>();

    /// @param interval between two reads of a feed
    /// @param most feeds at a time
    LiveFeeds(Duration interval, int most, Scheduler scheduler) {
        this.interval = interval;
        this.most = most;
        this.scheduler = scheduler;
    }

    /// What there is now, and then again whenever it is not the same as before. A read that fails
    /// is passed over. Empty where too much is watched already.
    ///
    /// @param key the same for the same thing; the organization is part of it
    /// @param read of values that are equal where nothing has changed
    public <T> Optional<Flux<T>> of(Object key, Supplier<Mono<T>> read) {
        var feed =
                feeds.compute(
                        key,
                        (_, running) ->
                                running != null || feeds.size() >= most
                                        ? running
                                        : start(key, read));
        @SuppressWarnings("unchecked") // the key says what is read
        var typed = (Flux<T>) feed;
        return Optional.ofNullable(typed);
    }

    /// How many are running.
    int size() {
        return feeds.size();
    }

    private <T> Flux<T> start(Object key, Supplier<Mono<T>> read) {
        return Flux.interval(Duration.ZERO, interval, scheduler)
                .onBackpressureDrop()
                .concatMap(_ -> Mono.defer(read).onErrorResume(fault -> passOver(key, fault)), 1)
                .distinctUntilChanged()
                .doFinally(_ -> feeds.remove(key))
                .replay(1)
                .refCount();
    }

    private static <T> Mono<T> passOver(Object key, Throwable fault) {
        log.debug("live.unread feed={}", key, fault);
        return Mono.empty();
    }
}
