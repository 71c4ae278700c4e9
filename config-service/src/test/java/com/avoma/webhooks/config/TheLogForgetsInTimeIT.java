package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.config.deliverylog.LogScenario;
import com.avoma.webhooks.config.deliverylog.Status;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Days go when the retention says so, excerpts and statistics when theirs do; the ledger stays.
class TheLogForgetsInTimeIT {
    private static final String EXCERPTS =
            "select count(*)::text from attempts where response_excerpt is not null and"
                    + " organization_uuid = '%s'";
    private static final String STATISTICS =
            "select (select count(*) from attempt_statistics where organization_uuid = '%1$s')"
                    + " || ' ' || (select count(*) from attempt_statistics_spans where"
                    + " organization_uuid = '%1$s')";
    private static final String ROWS =
            "select concat_ws(' ', (select count(*) from deliveries where organization_uuid ="
                    + " '%1$s'), (select count(*) from attempts where organization_uuid = '%1$s'),"
                    + " (select count(*) from decisions where organization_uuid = '%1$s'))";
    private static final String EXPIRED =
            "select sum(accepted) || ' ' || sum(expired) from ledger_days where organization_uuid ="
                    + " '%s'";

    @Test
    void whatReceiversAnsweredAndHowOften() throws SQLException {
        try (var service =
                RunningService.start(
                        RunningService.Parts.fresh(),
                        "--webhooks.housekeeping.interval=300ms",
                        "--webhooks.log.excerpts=2d",
                        "--webhooks.log.statistics=3d")) {
            var topics = new LogTopics(service.prefix);
            var today = LocalDate.now(ZoneOffset.UTC);
            awaitClosed(service, today.minusDays(2));
            var fresh = scenario(service, 1, Instant.now().minus(Duration.ofHours(1)));
            // late: nobody needs to look at it any more when it comes
            var old = scenario(service, 2, Instant.now().minus(Duration.ofDays(5)));
            topics.publish(topics.of(fresh));
            topics.publish(topics.of(old));
            topics.awaitRead();

            assertThat(one(service, EXCERPTS, fresh)).isEqualTo("" + fresh.attempts.size());
            assertThat(one(service, EXCERPTS, old)).isEqualTo("0");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> one(service, STATISTICS, old).equals("0 0"));
            assertThat(one(service, STATISTICS, fresh)).doesNotStartWith("0 ").doesNotEndWith(" 0");
            assertThat(accepted(service, old)).isEqualTo("" + old.accepted);

            // as if they had been written when they were young
            DatabaseDump.execute(
                    service.database,
                    "update attempts set response_excerpt = 'old' where organization_uuid = '"
                            + old.organization
                            + "'; update log_retention set excerpts_erased = '"
                            + today.minusDays(9)
                            + "'");

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> one(service, EXCERPTS, old).equals("0"));
            assertThat(one(service, EXCERPTS, fresh)).isEqualTo("" + fresh.attempts.size());
            assertThat(accepted(service, old)).isEqualTo("" + old.accepted);
        }
    }

    @Test
    void aDayWhenItsTimeIsOverAndNotBefore() throws SQLException {
        var parts = RunningService.Parts.fresh();
        var first = LocalDate.now(ZoneOffset.UTC).minusDays(3).atStartOfDay(ZoneOffset.UTC);
        LogScenario kept;
        LogScenario dropped;
        try (var service = RunningService.start(parts)) {
            var topics = new LogTopics(service.prefix);
            kept = scenario(service, 3, first.toInstant());
            dropped = scenario(service, 4, first.minusSeconds(20).toInstant());
            topics.publish(topics.of(kept));
            topics.publish(topics.of(dropped));
            topics.awaitRead();
        }
        try (var service = RunningService.start(parts, "--webhooks.log.retention=3d")) {
            assertThat(one(service, ROWS, kept)).isEqualTo(rows(kept));
            assertThat(one(service, ROWS, dropped)).isEqualTo("0 0 0");
            assertThat(one(service, EXPIRED, kept)).isEqualTo(kept.accepted + " 0");
            assertThat(one(service, EXPIRED, dropped))
                    .isEqualTo(dropped.accepted + " " + pending(dropped));
        }
    }

    private static long pending(LogScenario scenario) {
        return scenario.statuses.values().stream().filter(s -> s == Status.PENDING).count();
    }

    private static String rows(LogScenario scenario) {
        return "%d %d %d"
                .formatted(
                        scenario.statuses.size(),
                        scenario.attempts.size(),
                        scenario.decisions.size());
    }

    private static LogScenario scenario(RunningService service, long seed, Instant from) {
        return new LogScenario(seed, 20, from, service.prefix);
    }

    private static void awaitClosed(RunningService service, LocalDate day) {
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        DatabaseDump.texts(
                                        service.database,
                                        "select excerpts_closed::text from log_retention")
                                .equals(List.of(day.toString())));
    }

    private static String accepted(RunningService service, LogScenario scenario)
            throws SQLException {
        return one(
                service,
                "select sum(accepted)::text from ledger_days where organization_uuid = '%s'",
                scenario);
    }

    private static String one(RunningService service, String query, LogScenario scenario)
            throws SQLException {
        return DatabaseDump.texts(service.database, query.formatted(scenario.organization))
                .getFirst();
    }
}
