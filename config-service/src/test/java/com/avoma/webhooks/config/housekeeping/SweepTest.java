package com.avoma.webhooks.config.housekeeping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class SweepTest {
    private static final Duration OFTEN = Duration.ofMillis(1);
    private final AtomicInteger sweeps = new AtomicInteger();

    @Test
    void goesOnAfterAFault() {
        try (var _ = new Sweep("test", OFTEN, this::failingOnce)) {
            await().until(() -> sweeps.get() >= 3);
        }
    }

    @Test
    void endsWhenItIsClosed() {
        var sweep = new Sweep("test", OFTEN, this::failingOnce);
        await().until(() -> sweeps.get() > 0);
        sweep.close();
        int atClose = sweeps.get();
        // one may have been under way
        await().during(Duration.ofMillis(50)).until(() -> sweeps.get() <= atClose + 1);
        assertThat(sweeps.get()).isLessThanOrEqualTo(atClose + 1);
    }

    private Mono<Long> failingOnce() {
        if (sweeps.incrementAndGet() == 1) {
            throw new IllegalStateException("the database is away");
        }
        return Mono.just(0L);
    }
}
