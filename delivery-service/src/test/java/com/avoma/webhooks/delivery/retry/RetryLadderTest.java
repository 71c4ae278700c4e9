package com.avoma.webhooks.delivery.retry;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.delivery.retry.Verdict.Done;
import com.avoma.webhooks.delivery.retry.Verdict.GiveUp;
import com.avoma.webhooks.delivery.retry.Verdict.Reason;
import com.avoma.webhooks.delivery.retry.Verdict.RetryIn;
import com.avoma.webhooks.delivery.sending.Outcome;
import com.avoma.webhooks.delivery.sending.Outcome.Delivered;
import com.avoma.webhooks.delivery.sending.Outcome.Refused;
import com.avoma.webhooks.delivery.sending.Outcome.Unreachable;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryLadderTest {
    private static final Outcome UNREACHABLE = new Unreachable(Failure.TIMEOUT, "No answer");

    private final RetryLadder ladder =
            new RetryLadder(
                    List.of(
                            Duration.ofMinutes(5),
                            Duration.ofMinutes(30),
                            Duration.ofHours(2),
                            Duration.ofHours(12),
                            Duration.ofHours(24)),
                    0.1);

    @Test
    void isDoneOnceDelivered() {
        assertThat(ladder.after(1, new Delivered(204), 0.5)).isEqualTo(new Done());
        assertThat(ladder.after(6, new Delivered(200), 0.5)).isEqualTo(new Done());
    }

    @ParameterizedTest
    @CsvSource({"1, PT5M", "2, PT30M", "3, PT2H", "4, PT12H", "5, PT24H"})
    void waitsARungAfterEachFailedAttempt(int attempt, Duration wait) {
        assertThat(ladder.after(attempt, UNREACHABLE, 0)).isEqualTo(new RetryIn(wait));
        assertThat(ladder.after(attempt, new Refused(503, null), 0)).isEqualTo(new RetryIn(wait));
    }

    @Test
    void addsJitterAndNeverSubtractsIt() {
        assertThat(ladder.after(1, UNREACHABLE, 0.5))
                .isEqualTo(new RetryIn(Duration.ofSeconds(315)));
        assertThat(((RetryIn) ladder.after(1, UNREACHABLE, 0.9999)).delay())
                .isBetween(Duration.ofSeconds(329), Duration.ofSeconds(330));
    }

    @Test
    void givesUpAfterTheLastRungAndPastIt() {
        assertThat(ladder.attempts()).isEqualTo(6);
        assertThat(ladder.after(6, UNREACHABLE, 0)).isEqualTo(new GiveUp(Reason.EXHAUSTED));
        assertThat(ladder.after(9, new Refused(500, Duration.ofMinutes(1)), 0))
                .isEqualTo(new GiveUp(Reason.EXHAUSTED));
    }

    @Test
    void givesUpWhenTheEndpointIsGone() {
        assertThat(ladder.after(1, new Refused(410, Duration.ofMinutes(1)), 0))
                .isEqualTo(new GiveUp(Reason.GONE));
    }

    @ParameterizedTest
    @CsvSource({"PT1M, PT5M", "PT5M, PT5M", "PT1H, PT1H", "PT24H, PT24H", "PT240H, PT24H"})
    void honoursTheLongerOfDelayAndRetryAfterUpToADay(Duration asked, Duration wait) {
        assertThat(ladder.after(1, new Refused(404, asked), 0)).isEqualTo(new RetryIn(wait));
    }
}
