package com.avoma.webhooks.delivery.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitTest {
    private final Circuit circuit = new Circuit();

    @Test
    void opensWhenTwentyEventsHaveFailedInARowForTenSeconds() {
        fail(0, 19, at(0));
        fail(19, 20, at(9_999));
        assertThat(circuit.isOpen()).isFalse();
        fail(20, 21, at(10_000));

        assertThat(circuit.isOpen()).isTrue();
        assertThat(circuit.admits(at(10_999))).isFalse();
        assertThat(circuit.untilProbe(at(10_400))).isEqualTo(at(600));
        assertThat(circuit.admits(at(11_000))).isTrue();
    }

    @Test
    void staysClosedForAFewEventsThatGoUpTheirLadders() {
        for (int attempt = 0; attempt < 100; attempt++) {
            fail(0, 19, at(attempt * 1000));
        }

        assertThat(circuit.isOpen()).isFalse();
    }

    @Test
    void countsFromTheLastSuccess() {
        fail(0, 19, at(0));
        circuit.succeeded();
        fail(19, 38, at(20_000));

        assertThat(circuit.isOpen()).isFalse();
    }

    @Test
    void letsOneProbeThroughAtATimeAndDoublesItsPeriodUpToHalfAMinute() {
        open();
        long now = at(11_000);
        for (int seconds : new int[] {2, 4, 8, 16, 30, 30}) {
            assertThat(circuit.admits(now)).isTrue();
            assertThat(circuit.started()).isTrue();
            assertThat(circuit.admits(now)).isFalse();
            circuit.failed(99, true, now);
            assertThat(circuit.admits(now + at(seconds * 1000) - 1)).isFalse();
            now += at(seconds * 1000);
        }
    }

    @Test
    void isNotHeldOpenByAttemptsThatBeganBefore() {
        open();
        circuit.failed(100, false, at(10_500));

        assertThat(circuit.admits(at(11_000))).isTrue();
    }

    @Test
    void closesWithAnySuccessAndBeginsAnew() {
        open();

        assertThat(circuit.succeeded()).isTrue();
        assertThat(circuit.isOpen()).isFalse();
        assertThat(circuit.started()).isFalse();
        fail(0, 20, at(12_000));
        assertThat(circuit.isOpen()).isFalse();
    }

    @Test
    void takesAnotherProbeWhereOneCameToNothing() {
        open();
        circuit.started();
        circuit.abandoned();

        assertThat(circuit.admits(at(11_000))).isTrue();
    }

    private void open() {
        fail(0, 20, at(0));
        fail(20, 21, at(10_000));
        assertThat(circuit.isOpen()).isTrue();
    }

    private void fail(int from, int to, long now) {
        for (int event = from; event < to; event++) {
            circuit.failed(event, false, now);
        }
    }

    private static long at(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
