package com.avoma.webhooks.dispatcher.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BudgetTest {
    private final AtomicLong now = new AtomicLong();
    private final Budget budget = new Budget(3, now::get);

    @Test
    void givesSoManyInEachSecond() {
        assertThat(takenOf(10)).isEqualTo(3);
        now.addAndGet(999_999_999);
        assertThat(takenOf(10)).isZero();
        now.addAndGet(1);
        assertThat(takenOf(10)).isEqualTo(3);
    }

    @Test
    void savesNothingUp() {
        now.addAndGet(60_000_000_000L);
        assertThat(takenOf(10)).isEqualTo(3);
    }

    private long takenOf(int tries) {
        return IntStream.range(0, tries).filter(_ -> budget.take()).count();
    }
}
