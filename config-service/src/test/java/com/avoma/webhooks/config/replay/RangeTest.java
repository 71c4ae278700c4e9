package com.avoma.webhooks.config.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RangeTest {
    private static final Instant SINCE = Instant.parse("2026-03-01T18:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-03-04T06:00:00Z");

    private final Range range = new Range(new UUID(0, 1), new UUID(0, 2), Only.ALL, SINCE, UNTIL);

    @Test
    void isCutIntoDaysThatLeaveNothingOut() {
        var days = range.days(LocalDate.parse("2026-01-01"));

        assertThat(days).hasSize(3);
        assertThat(days.getFirst().since()).isEqualTo(SINCE);
        assertThat(days.getLast().until()).isEqualTo(UNTIL);
        for (int i = 1; i < days.size(); i++) {
            assertThat(days.get(i).since()).isEqualTo(days.get(i - 1).until());
        }
    }

    @Test
    void isNotLookedForBeforeThereIsAnything() {
        assertThat(range.days(LocalDate.parse("2026-03-03")).getFirst().since())
                .isEqualTo("2026-03-03T00:00:00Z");
        assertThat(range.days(LocalDate.parse("2026-03-05"))).isEmpty();
    }
}
