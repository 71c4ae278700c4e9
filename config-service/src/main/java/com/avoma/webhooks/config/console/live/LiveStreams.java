package com.avoma.webhooks.config.console.live;

import com.avoma.webhooks.config.console.live.LiveEvent.Beat;
import com.avoma.webhooks.config.console.live.LiveEvent.Full;
import com.avoma.webhooks.config.console.live.LiveEvent.Over;
import com.avoma.webhooks.config.console.live.LiveEvent.Seen;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/// The streams of viewers: each shows a feed ([LiveFeeds]), and ends within a second of its
/// session. A viewer who is slow misses what is not so any more.
public final class LiveStreams {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int TICKS_A_BEAT = 15;

    private final LiveFeeds feeds;
    private final int most;
    private final Scheduler scheduler;
    private final AtomicInteger open = new AtomicInteger();

    /// @param most streams at a time
    LiveStreams(LiveFeeds feeds, int most, Scheduler scheduler) {
        this.feeds = feeds;
        this.most = most;
        this.scheduler = scheduler;
    }

    /// @param key as [LiveFeeds#of] takes it
    /// @param signedIn whether the session still holds; asking does not make it longer
    public <T> Flux<LiveEvent<T>> of(Object key, Supplier<Mono<T>> read, BooleanSupplier signedIn) {
        return Flux.usingWhen(
                Mono.fromSupplier(open::incrementAndGet),
                number -> number > most ? Flux.just(new Full<>()) : watch(key, read, signedIn),
                _ -> Mono.fromRunnable(open::decrementAndGet));
    }

    private <T> Flux<LiveEvent<T>> watch(
            Object key, Supplier<Mono<T>> read, BooleanSupplier signedIn) {
        var feed = feeds.of(key, read).orElse(null);
        if (feed == null) {
            return Flux.just(new Full<>());
        }
        Flux<LiveEvent<T>> seen = feed.<LiveEvent<T>>map(Seen::new).onBackpressureLatest();
        Flux<LiveEvent<T>> ticks =
                Flux.interval(TICK, scheduler)
                        .onBackpressureDrop()
                        .handle((tick, sink) -> {
                            if (!signedIn.getAsBoolean()) {
                                sink.next(new Over<>());
                            } else if (tick % TICKS_A_BEAT == TICKS_A_BEAT - 1) {
                                sink.next(new Beat<>());
                            }
                        });
        return Flux.merge(seen, ticks).takeUntil(event -> event instanceof Over<T>);
    }
}
