package com.avoma.webhooks.config.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    @Test
    void spreadsTurnsEvenly() {
        var pace = new Pace(4, now::get);

        assertThat(pace.take()).isZero();
        assertThat(pace.take()).isEqualTo(SECOND / 4);
        assertThat(pace.take()).isEqualTo(SECOND / 2);
        now.addAndGet(SECOND / 2);
        assertThat(pace.take()).isEqualTo(SECOND / 4);
    }

    @Test
    void doesNotMakeUpForTimeThatWentBy() {
        var pace = new Pace(4, now::get);
        pace.take();
        now.addAndGet(60 * SECOND);

        assertThat(pace.take()).isZero();
        assertThat(pace.take()).isEqualTo(SECOND / 4);
    }

    @Test
    void letsThroughSoManyASecondAndNoMore() {
        var pace = new Pace(200, now::get);
        long start = now.get();
        for (int i = 0; i < 1_000; i++) {
            now.addAndGet(pace.take());
        }

        assertThat(now.get() - start).isBetween(4_990_000_000L, 5_000_000_000L);
    }
}
