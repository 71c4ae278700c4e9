package com.avoma.webhooks.config.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.console.live.LiveEvent.Beat;
import com.avoma.webhooks.config.console.live.LiveEvent.Full;
import com.avoma.webhooks.config.console.live.LiveEvent.Over;
import com.avoma.webhooks.config.console.live.LiveEvent.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class LiveStreamsTest {
    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final LiveFeeds feeds = new LiveFeeds(Duration.ofSeconds(2), 1, time);
    private final LiveStreams streams = new LiveStreams(feeds, 2, time);
    private final AtomicBoolean signedIn = new AtomicBoolean(true);
    private final List<LiveEvent<String>> events = new ArrayList<>();

    @AfterEach
    void stopsTheClock() {
        time.dispose();
    }

    @Test
    void endsWithTheSession() {
        var stream = watch("list");
        time.advanceTimeBy(Duration.ofSeconds(16));
        signedIn.set(false);
        time.advanceTimeBy(Duration.ofSeconds(1));

        assertThat(events).containsExactly(new Seen<>("a"), new Beat<>(), new Over<>());
        assertThat(stream.isDisposed()).isTrue();
        assertThat(feeds.size()).isZero();
    }

    @Test
    void letsSoManyWatch() {
        var first = watch("list");
        watch("list");
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(events).containsExactly(new Seen<>("a"), new Seen<>("a"));

        watch("list");
        assertThat(events).last().isEqualTo(new Full<>());
        first.dispose();
        watch("list");
        assertThat(events).last().isEqualTo(new Seen<>("a"));
    }

    @Test
    void saysSoWhereTooMuchIsWatched() {
        watch("list");
        time.advanceTimeBy(Duration.ofMillis(1));
        watch("another");
        assertThat(events).containsExactly(new Seen<>("a"), new Full<>());

        watch("list");
        assertThat(events).last().isEqualTo(new Seen<>("a"));
    }

    private Disposable watch(String what) {
        return streams.of(what, () -> Mono.just("a"), signedIn::get).subscribe(events::add);
    }
}
