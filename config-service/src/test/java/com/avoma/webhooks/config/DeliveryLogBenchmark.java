package com.avoma.webhooks.config;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.config.deliverylog.LogBatch;
import com.avoma.webhooks.config.deliverylog.LogRecord;
import com.avoma.webhooks.config.deliverylog.LogRepository;
import com.avoma.webhooks.config.deliverylog.LogScenario;
import com.avoma.webhooks.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Measures the delivery log on a real PostgreSQL; no test. Arguments: how many million deliveries
/// to read pages among (10), or 0 to measure writing.
final class DeliveryLogBenchmark {
    private static final int BATCH = 2_000;
    private static final int EVENTS = 20_000;
    private static final int DAYS = 25;
    private static final int REQUESTS = 100;

    private DeliveryLogBenchmark() {}

    public static void main(String[] arguments) throws SQLException {
        int millions = arguments.length == 0 ? 10 : Integer.parseInt(arguments[0]);
        try (var service = RunningService.start(RunningService.Parts.fresh())) {
            if (millions == 0) {
                write(service);
            } else {
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
            var decisions = scenario.decisions.stream().map(Json::write).toList();
            var attempts = scenario.attempts.stream().map(Json::write).toList();
            var decided =
                    save(
                            repository,
                            decisions,
                            BATCH / 2,
                            (batch, json) -> batch.add(LogRecord.decision(json)));
            var attempted =
                    save(
                            repository,
                            attempts,
                            BATCH,
                            (batch, json) -> batch.add(LogRecord.attempt(json)));
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

    /// Reads records and writes them, two batches at a time, as two consumers do.
    private static Duration save(
            LogRepository repository,
            List<byte[]> records,
            int size,
            BiConsumer<LogBatch, byte[]> add) {
        long start = System.nanoTime();
        Flux.fromIterable(records)
                .buffer(size)
                .flatMap(
                        part ->
                                Mono.defer(
                                                () -> {
                                                    var batch = new LogBatch();
                                                    part.forEach(json -> add.accept(batch, json));
                                                    return repository.save(batch);
                                                })
                                        .subscribeOn(Schedulers.boundedElastic()),
                        2)
                .then()
                .block(Duration.ofMinutes(5));
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
        explain(service.database, organization, webhook);
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

    /// What PostgreSQL alone takes for a page and its count, and for the ledger's look.
    private static void explain(TestDatabase database, UUID organization, UUID webhook)
            throws SQLException {
        var of =
                " from deliveries where organization_uuid = '%s' and webhook_uuid = '%s'"
                        .formatted(organization, webhook);
        for (var query :
                List.of(
                        "select *" + of + " order by created desc, message_id desc limit 51",
                        "select count(*) from (select 1" + of + " limit 1000) as part",
                        "select * from deliveries where expected_at < now() and (decided_at is not"
                                + " null or requested_at is not null) order by expected_at limit"
                                + " 20000",
                        "select * from deliveries where decided_at is null and requested_at is null"
                                + " and not test and step_at < now() order by step_at limit"
                                + " 20000")) {
            System.out.println(query);
            DatabaseDump.texts(database, "explain analyze " + query).stream()
                    .filter(line -> line.contains("Time:"))
                    .forEach(System.out::println);
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
