package com.avoma.webhooks.delivery.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace();

    @Test
    void givesEachASlotOfItsOwnAtTheRateOfTheWebhook() {
        List<Long> delays = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            delays.add(pace.next(nanos(100), i, 0));
        }

        assertThat(delays).containsExactly(nanos(1000), nanos(1100), nanos(1200), nanos(1300));
    }

    @Test
    void givesSlotsAgainFromASecondOnWhenThoseThatWereGivenArePast() {
        pace.next(nanos(100), 1, 0);

        assertThat(pace.next(nanos(100), 1, nanos(5_000))).isEqualTo(nanos(1000));
    }

    @Test
    void spreadsWhatComesTooLateToForesee() {
        List<Long> delays = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            delays.add(pace.next(nanos(1_500), 100, 0));
        }

        // the first has its slot, the others fill the second half of the span evenly
        assertThat(delays.getFirst()).isEqualTo(nanos(1000));
        var spread = delays.subList(1, 100).stream().sorted().toList();
        assertThat(spread).allMatch(delay -> delay >= nanos(1_000) && delay < nanos(2_000));
        for (int i = 1; i < spread.size(); i++) {
            assertThat(spread.get(i) - spread.get(i - 1)).isLessThan(nanos(35));
        }
    }

    @Test
    void putsOffForTwiceAsLongAsItHasLastedUpToHalfAMinute() {
        assertThat(longestAt(0)).isBetween(nanos(1_900), nanos(2_000));
        assertThat(longestAt(nanos(2_000))).isBetween(nanos(3_900), nanos(4_000));
        assertThat(longestAt(nanos(6_000))).isBetween(nanos(11_500), nanos(12_000));
        assertThat(longestAt(nanos(14_000))).isBetween(nanos(27_000), nanos(28_000));
        assertThat(longestAt(nanos(40_000))).isBetween(nanos(29_000), nanos(30_000));
    }

    @Test
    void beginsAnewWhereAllCameBackAndNoneWasPutOffAgain() {
        longestAt(0);
        longestAt(nanos(2_500));
        assertThat(longestAt(nanos(10_000))).isBetween(nanos(1_900), nanos(2_000));
    }

    @Test
    void beginsAnewAfterAnOutage() {
        for (int second = 0; second < 15; second++) {
            longestAt(nanos(second * 1_000));
        }
        pace.reset();
        assertThat(longestAt(nanos(15_000))).isBetween(nanos(1_900), nanos(2_000));
    }

    @Test
    void growsTheSpanWithTheirNumberUpToFiveMinutes() {
        assertThat(longest(6_000, 0)).isBetween(nanos(29_000), nanos(30_000));
        assertThat(longest(20_000, 0)).isBetween(nanos(98_000), nanos(100_000));
        assertThat(longest(1_000_000, 0)).isBetween(nanos(295_000), nanos(300_000));
    }

    @Test
    void spreadsThoseThatWaitForAProbeAfterIt() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(pace.after(nanos(8_000), 1_000, 0)).isBetween(nanos(8_000), nanos(13_000));
        }
    }

    private long longestAt(long now) {
        return longest(100, now);
    }

    private long longest(int outstanding, long now) {
        long longest = 0;
        for (int i = 0; i < 200; i++) {
            longest = Math.max(longest, pace.next(nanos(3_600_000), outstanding, now));
        }
        return longest;
    }

    private static long nanos(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
