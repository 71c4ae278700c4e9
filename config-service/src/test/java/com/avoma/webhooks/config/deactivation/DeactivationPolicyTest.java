package com.avoma.webhooks.config.deactivation;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.deactivation.Attempted.Result;
import com.avoma.webhooks.config.deactivation.DeactivationPolicy.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Days of attempts, minute by minute.
class DeactivationPolicyTest {
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final UUID WEBHOOK = new UUID(0, 7);

    private final DeactivationPolicy policy =
            new DeactivationPolicy(
                    new DeactivationProperties(5, Duration.ofHours(24), Duration.ofSeconds(1)));

    @Test
    void warnsTwiceAndSwitchesOffAfterADayOfFailures() {
        Map<Duration, Result> attempts = new TreeMap<>();
        for (int minute = 0; minute < 3 * 24 * 60; minute += 10) {
            attempts.put(Duration.ofMinutes(minute), Result.FAILED);
        }

        assertThat(steps(attempts))
                .containsExactly(
                        "PT40M Tell[told=FAILING]",
                        "PT12H Tell[told=STILL_FAILING]",
                        "PT24H Deactivate[reason=FAILING]");
    }

    /// One event a day, and its retries after 5 min, 30 min, 2 h, 12 h and 24 h.
    @Test
    void switchesOffByTimeWhereAttemptsAreSparse() {
        Map<Duration, Result> attempts = new TreeMap<>();
        for (int minutes : new int[] {0, 5, 35, 155, 875, 2315}) {
            attempts.put(Duration.ofMinutes(minutes), Result.FAILED);
        }

        assertThat(steps(attempts))
                .containsExactly(
                        "PT14H35M Tell[told=STILL_FAILING]", "PT24H Deactivate[reason=FAILING]");
    }

    @Test
    void doesNothingForFewFailuresHoweverLong() {
        Map<Duration, Result> attempts = new TreeMap<>();
        for (int hours = 0; hours < 96; hours += 24) {
            attempts.put(Duration.ofHours(hours), Result.FAILED);
        }

        assertThat(steps(attempts)).isEmpty();
    }

    @Test
    void beginsAgainAfterASuccess() {
        Map<Duration, Result> attempts = new TreeMap<>();
        for (int minute = 0; minute < 30 * 60; minute += 10) {
            attempts.put(Duration.ofMinutes(minute), Result.FAILED);
        }
        attempts.put(Duration.ofHours(20), Result.DELIVERED);

        assertThat(steps(attempts))
                .containsExactly(
                        "PT40M Tell[told=FAILING]",
                        "PT12H Tell[told=STILL_FAILING]",
                        "PT20H50M Tell[told=FAILING]",
                        "PT32H10M Tell[told=STILL_FAILING]",
                        "PT44H10M Deactivate[reason=FAILING]");
    }

    @Test
    void switchesOffAtOnceWhatIsGone() {
        assertThat(steps(Map.of(Duration.ofMinutes(3), Result.GONE)))
                .containsExactly("PT3M Deactivate[reason=GONE]");
    }

    /// What was done, and when, over four days of looking every minute.
    private List<String> steps(Map<Duration, Result> attempts) {
        List<String> steps = new ArrayList<>();
        var streak = Streak.NONE;
        for (int minute = 0; minute < 4 * 24 * 60; minute++) {
            var time = Duration.ofMinutes(minute);
            var result = attempts.get(time);
            if (result != null) {
                var id = "msg_" + minute + "/1";
                streak = streak.after(new Attempted(WEBHOOK, START.plus(time), id, result));
            }
            switch (policy.next(streak, START.plus(time))) {
                case Step.Nothing() -> {}
                case Step.Tell tell -> {
                    steps.add(time + " " + tell);
                    streak = StreakTest.told(streak, tell.told());
                }
                case Step.Deactivate deactivate -> {
                    steps.add(time + " " + deactivate);
                    return steps;
                }
            }
        }
        return steps;
    }

    @Test
    void saysWhenItWillSwitchOff() {
        assertThat(policy.deadline(START)).isEqualTo(START.plus(Duration.ofHours(24)));
        assertThat(policy.next(Streak.NONE, START)).isEqualTo(new Step.Nothing());
    }
}
