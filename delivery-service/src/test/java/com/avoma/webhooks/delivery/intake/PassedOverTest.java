package com.avoma.webhooks.delivery.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PassedOverTest {
    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    private final PassedOver passed = new PassedOver();

    @Test
    void givesEachWebhooksOffsetsBackInTheirOrder() {
        passed.add(ONE, 5);
        passed.add(ONE, 6);
        passed.add(OTHER, 7);
        passed.add(ONE, 9);

        assertThat(passed.webhooks()).containsExactly(ONE, OTHER);
        assertThat(passed.isFirst(ONE, 6)).isFalse();
        assertThat(drain(ONE)).containsExactly(5L, 6L, 9L);
        assertThat(passed.webhooks()).containsExactly(OTHER);
        assertThat(drain(OTHER)).containsExactly(7L);
        assertThat(passed.isEmpty()).isTrue();
        assertThatThrownBy(() -> passed.first(ONE)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void removesWhatIsGoneFromTheFrontOnly() {
        for (long offset : new long[] {3, 4, 5, 8}) {
            passed.add(ONE, offset);
        }
        passed.add(OTHER, 6);
        List<Long> removed = new ArrayList<>();

        assertThat(passed.removeBetween(4, 7, removed::add)).isEqualTo(1);
        assertThat(removed).containsExactly(6L);
        assertThat(passed.removeBetween(0, 5, removed::add)).isEqualTo(2);
        assertThat(removed).containsExactly(6L, 3L, 4L);
        assertThat(drain(ONE)).containsExactly(5L, 8L);
        assertThat(passed.isEmpty()).isTrue();
    }

    @Test
    void isFullOfRunsNotOfOffsets() {
        for (long offset = 0; offset < 1_000_000; offset++) {
            passed.add(ONE, offset);
        }
        assertThat(passed.isFull()).isFalse();
        for (long offset = 1_000_000; offset < 1_100_000; offset++) {
            passed.add(offset % 2 == 0 ? OTHER : ONE, offset);
        }
        assertThat(passed.isFull()).isTrue();
    }

    private List<Long> drain(UUID webhook) {
        List<Long> offsets = new ArrayList<>();
        while (passed.contains(webhook)) {
            offsets.add(passed.first(webhook));
            passed.removeFirst(webhook);
        }
        return offsets;
    }
}
