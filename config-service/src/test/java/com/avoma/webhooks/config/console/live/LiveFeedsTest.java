package com.avoma.webhooks.config.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class LiveFeedsTest {
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final LiveFeeds feeds = new LiveFeeds(Duration.ofSeconds(2), 2, time);
    private final AtomicInteger reads = new AtomicInteger();
    private String value = "a";

    @AfterEach
    void stopsTheClock() {
        time.dispose();
    }

    @Test
    void showsWhatIsThereAndThenOnlyWhatChanges() {
        List<String> seen = new ArrayList<>();
        feeds.of("list", this::read).orElseThrow().subscribe(seen::add);

        time.advanceTimeBy(Duration.ofSeconds(5));
        value = "b";
        time.advanceTimeBy(Duration.ofSeconds(5));

        assertThat(seen).containsExactly("a", "b");
    }

    @Test
    void readsOnceForAllWhoWatchTheSame() {
        List<String> late = new ArrayList<>();
        var first = feeds.of("list", this::read).orElseThrow().subscribe();
        time.advanceTimeBy(Duration.ofSeconds(9));
        var second = feeds.of("list", this::read).orElseThrow().subscribe(late::add);
        time.advanceTimeBy(Duration.ofSeconds(10));

        assertThat(late).containsExactly("a");
        assertThat(reads).hasValue(10);

        first.dispose();
        second.dispose();
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(reads).hasValue(10);
        assertThat(feeds.size()).isZero();
    }

    @Test
    void watchesSoMuchAndNoMore() {
        var first = feeds.of("one", this::read).orElseThrow().subscribe();
        feeds.of("two", this::read).orElseThrow().subscribe();

        assertThat(feeds.of("three", this::read)).isEmpty();
        assertThat(feeds.of("two", this::read)).isPresent();
        first.dispose();
        assertThat(feeds.of("three", this::read)).isPresent();
    }

    @Test
    void passesOverAReadThatFails() {
        List<String> seen = new ArrayList<>();
        feeds.of(
                        "list",
                        () ->
                                reads.getAndIncrement() == 1
                                        ? Mono.error(new IllegalStateException("away"))
                                        : Mono.just(value))
                .orElseThrow()
                .subscribe(seen::add);

        time.advanceTimeBy(Duration.ofSeconds(3));
        value = "b";
        time.advanceTimeBy(Duration.ofSeconds(3));

        assertThat(seen).containsExactly("a", "b");
    }

    private Mono<String> read() {
        reads.incrementAndGet();
        return Mono.just(value);
    }
}
