package com.avoma.webhooks.config.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.avoma.webhooks.config.deliverylog.AttemptTally;
import com.avoma.webhooks.config.web.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PeriodTest {
    private static final Instant NOW = Instant.parse("2026-03-02T12:03:00Z");

    @Test
    void isTheLastDayInWholeStepsByDefault() {
        var period = Period.of(Map.of(), NOW);

        assertThat(period.from()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(period.until()).isEqualTo("2026-03-02T12:05:00Z");
        assertThat(period.bucket()).isEqualTo(Duration.ofMinutes(15));
        assertThat(period.index(period.from())).isZero();
        assertThat(period.index(Instant.parse("2026-03-02T12:00:00Z")))
                .isEqualTo(period.buckets().size() - 1);
    }

    @Test
    void hasBucketsThatFitItsLength() {
        assertThat(period("2026-03-01T12:00:00Z", "2026-03-01T13:00:00Z").buckets()).hasSize(12);
        assertThat(period("2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z").bucket())
                .isEqualTo(Duration.ofDays(1));
    }

    @Test
    void isMadeOfQuartersOfADayWhereItIsLong() {
        var month = period("2026-02-01T00:00:00+01:00", "2026-03-01T00:00:01Z");

        assertThat(month.isLong()).isTrue();
        assertThat(month.from()).isEqualTo("2026-01-31T18:00:00Z");
        assertThat(month.until()).isEqualTo("2026-03-01T06:00:00Z");
        assertThat(period("2026-03-01T00:00:00Z", "2026-03-05T00:00:00Z").isLong()).isFalse();
        assertThat(period("2026-03-01T00:00:00Z", "2026-03-06T00:00:00Z").bucket())
                .isEqualTo(AttemptTally.SPAN);
    }

    @Test
    void refusesWhatIsNoTimeOrTooLong() {
        refuses(Map.of("from", List.of("yesterday")), "from: must be an RFC 3339 time");
        refuses(Map.of("from", List.of("+12026-03-01T12:00:00Z")), "must be an RFC 3339 time");
        refuses(Map.of("form", List.of("x")), "form: is not a parameter here");
        refuses(
                Map.of(
                        "from",
                        List.of("2026-03-02T12:00:00Z"),
                        "until",
                        List.of("2026-03-02T12:00:00Z")),
                "from: must be before until");
        refuses(Map.of("from", List.of("2020-03-02T12:00:00Z")), "at most 366 days");
    }

    private static Period period(String from, String until) {
        return Period.of(Map.of("from", List.of(from), "until", List.of(until)), NOW);
    }

    private static void refuses(Map<String, List<String>> query, String why) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> Period.of(query, NOW))
                .withMessageContaining(why);
    }
}
