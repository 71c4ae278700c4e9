package com.avoma.webhooks.config;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.config.deliverylog.LogBatch;
import com.avoma.webhooks.config.deliverylog.LogRepository;
import com.avoma.webhooks.config.deliverylog.LogScenario;
import com.avoma.webhooks.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Flux;

/// Measures the delivery log on a real PostgreSQL; no test. Arguments: how many million deliveries
/// to read pages among (10), or 0 to measure writing only.
final class DeliveryLogBenchmark {
    private static final int BATCH = 2_000;
    private static final int EVENTS = 20_000;
    private static final int DAYS = 25;
    private static final int REQUESTS = 100;

    private DeliveryLogBenchmark() {}

    public static void main(String[] arguments) throws SQLException {
        int millions = arguments.length == 0 ? 10 : Integer.parseInt(arguments[0]);
        try (var service = RunningService.start(RunningService.Parts.fresh())) {
            write(service);
            if (millions > 0) {
                read(service, millions);
            }
        }
        System.exit(0);
    }

    /// Decisions first, then their attempts, as in a steady state; and both at once.
    private static void write(RunningService service) {
        var repository = service.part(LogRepository.class);
        for (int round = 1; round <= 3; round++) {
            var scenario =
                    new LogScenario(
                            round, EVENTS, Instant.now().minus(Duration.ofHours(8)), "bench-");
            List<LogBatch> decisions = decisions(scenario.decisions);
            List<LogBatch> attempts = attempts(scenario.attempts);
            var decided = save(repository, decisions);
            var attempted = save(repository, attempts);
            System.out.printf(
                    "round %d: %d decisions of 3 webhooks in %d ms (%d/s), then %d attempts in %d ms (%d/s)%n",
                    round,
                    scenario.decisions.size(),
                    decided.toMillis(),
                    scenario.decisions.size() * 1_000L / decided.toMillis(),
                    scenario.attempts.size(),
                    attempted.toMillis(),
                    scenario.attempts.size() * 1_000L / attempted.toMillis());
        }
    }

    private static List<LogBatch> decisions(List<RoutingDecision> records) {
        List<LogBatch> batches = new ArrayList<>();
        for (int i = 0; i < records.size(); i += BATCH / 2) {
            var batch = new LogBatch();
            records.subList(i, Math.min(records.size(), i + BATCH / 2)).forEach(batch::add);
            batches.add(batch);
        }
        return batches;
    }

    private static List<LogBatch> attempts(List<AttemptRecord> records) {
        List<LogBatch> batches = new ArrayList<>();
        for (int i = 0; i < records.size(); i += BATCH) {
            var batch = new LogBatch();
            records.subList(i, Math.min(records.size(), i + BATCH)).forEach(batch::add);
            batches.add(batch);
        }
        return batches;
    }

    /// Two at a time, as two consumers do.
    private static Duration save(LogRepository repository, List<LogBatch> batches) {
        long start = System.nanoTime();
        Flux.fromIterable(batches).flatMap(repository::save, 2).then().block(Duration.ofMinutes(5));
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void read(RunningService service, int millions) throws SQLException {
        var organization = UUID.randomUUID();
        var webhook = UUID.randomUUID();
        long start = System.nanoTime();
        fill(service.database, organization, webhook, millions * 1_000_000L / DAYS);
        System.out.printf(
                "%d million deliveries filled in %d s%n",
                millions, Duration.ofNanos(System.nanoTime() - start).toSeconds());
        DatabaseDump.execute(
                service.database,
                "insert into directory_organizations values ('"
                        + organization
                        + "', 'Acme', 'ENTERPRISE')");
        var admin = Tokens.of(organization, "ADMIN");
        var middle = Instant.now().minus(Duration.ofDays(DAYS / 2));
        for (var query :
                List.of(
                        "?webhook=" + webhook,
                        "?webhook=" + webhook + "&status=dead_lettered",
                        "?webhook=" + webhook + "&status=canceled",
                        "?webhook=" + webhook + "&until=" + middle,
                        "?webhook=" + webhook + "&status=delivered&event_type=AINOTE",
                        "?event_type=AINOTE&until=" + middle,
                        "?status=dead_lettered&limit=200",
                        "?event_id=event-7-7",
                        "")) {
            var times = new long[REQUESTS];
            var next = "/v1/deliveries/" + query;
            for (int i = 0; i < REQUESTS; i++) {
                long asked = System.nanoTime();
                var page = service.get(admin, next);
                times[i] = System.nanoTime() - asked;
                if (page.status() != 200) {
                    throw new IllegalStateException(page.toString());
                }
                var following = page.json().path("next");
                next = following.isNull() ? "/v1/deliveries/" + query : following.asString();
            }
            Arrays.sort(times);
            System.out.printf(
                    "%-90s p50 %.1f ms, p99 %.1f ms%n",
                    query, times[REQUESTS / 2] / 1e6, times[REQUESTS * 99 / 100] / 1e6);
        }
    }

    /// Days made without their indexes, which are built as each day is attached.
    private static void fill(TestDatabase database, UUID organization, UUID webhook, long each)
            throws SQLException {
        for (int day = 1; day <= DAYS; day++) {
            var date = LocalDate.now(ZoneOffset.UTC).minusDays(day);
            DatabaseDump.execute(
                    database,
                    FILL.replace("{suffix}", date.toString().replace("-", ""))
                            .replace("{date}", date.toString())
                            .replace("{next}", date.plusDays(1).toString())
                            .replace("{each}", Long.toString(each))
                            .replace("{day}", Integer.toString(day))
                            .replace("{organization}", organization.toString())
                            .replace("{webhook}", webhook.toString()));
        }
        DatabaseDump.execute(database, "analyze deliveries; analyze attempts");
    }

    private static final String FILL =
            """
            drop table if exists deliveries_{suffix};
            create table deliveries_{suffix} (like deliveries including constraints);
            insert into deliveries_{suffix} (organization_uuid, message_id, created, webhook_uuid,
                event_id, event_hash, event_source, event_type, test, decided_at, step_at, verdict,
                body_topic, body_partition, body_offset, event_topic, event_partition,
                event_offset, status)
            select '{organization}', 'msg_' || md5('{day}-' || n),
                timestamptz '{date}T00:00:00Z' + n * interval '1 day' / {each},
                case when n % 10 < 7 then '{webhook}'::uuid
                    else md5('hook-' || n % 10)::uuid end,
                'event-{day}-' || n, n * 31 + {day}, 'bench', 'AINOTE', false, now(), now(),
                case when n % 100 = 0 then 'dead_lettered' else 'delivered' end,
                'delivery-jobs', 0, n, 'meeting-events', 0, n,
                case when n % 100 = 0 then 'dead_lettered' else 'delivered' end
            from generate_series(0, {each} - 1) as n;
            alter table deliveries attach partition deliveries_{suffix}
                for values from ('{date}T00:00:00Z') to ('{next}T00:00:00Z');
            drop table if exists attempts_{suffix};
            create table attempts_{suffix} (like attempts including constraints);
            insert into attempts_{suffix}
            select organization_uuid, message_id, created, created + interval '40 milliseconds', 1,
                webhook_uuid, 'delivered', 200, null, null, 48, null, null, null, 46, 'ok',
                'https://example.com/', false, false, null, verdict, null, null, body_topic,
                body_partition, body_offset
            from deliveries_{suffix} where event_offset % 10 = 0;
            alter table attempts attach partition attempts_{suffix}
                for values from ('{date}T00:00:00Z') to ('{next}T00:00:00Z');
            """;
}
