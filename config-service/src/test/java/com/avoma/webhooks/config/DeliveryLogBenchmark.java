package com.avoma.webhooks.config;

import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.config.deliverylog.LogBatch;
import com.avoma.webhooks.config.deliverylog.LogRecord;
import com.avoma.webhooks.config.deliverylog.LogRepository;
import com.avoma.webhooks.config.deliverylog.LogScenario;
import com.avoma.webhooks.config.web.ListKey;
import com.avoma.webhooks.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.BiConsumer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/// Measures the delivery log on a real PostgreSQL; no test. Pages are read among many deliveries,
/// then more are written, by the repository and through Kafka. Argument: how many million
/// deliveries there are first (10). `docs/performance.md` has the command.
final class DeliveryLogBenchmark {
    private static final int BATCH = 2_000;
    private static final int EVENTS = 20_000;
    private static final int DAYS = 25;
    private static final int REQUESTS = 100;
    private static final int WARM_UP = 20;

    private DeliveryLogBenchmark() {}

    public static void main(String[] arguments) throws SQLException {
        int millions = arguments.length == 0 ? 10 : Integer.parseInt(arguments[0]);
        try (var service = RunningService.start(RunningService.Parts.fresh())) {
            if (millions > 0) {
                read(service, millions);
            }
            write(service);
            consume(service);
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
        explain(service.database, organization, webhook);
        var admin = Tokens.of(organization, "ADMIN");
        var middle = Instant.now().minus(Duration.ofDays(DAYS / 2));
        var last = Instant.now().minus(Duration.ofDays(DAYS - 1));
        var of = "/v1/deliveries/?webhook=" + webhook;
        for (var path :
                List.of(
                        of,
                        of + "&limit=200",
                        of + "&cursor=" + cursor('a', middle),
                        of + "&cursor=" + cursor('a', last),
                        of + "&cursor=" + cursor('b', last),
                        of + "&status=dead_lettered",
                        of + "&status=dead_lettered&cursor=" + cursor('a', last),
                        of + "&status=canceled",
                        of + "&since=" + last + "&until=" + middle,
                        of + "&event_type=AINOTE",
                        of + "&event_type=MEETING_BOOKED_VIA_SCHEDULER",
                        of + "&status=delivered&event_type=AINOTE&until=" + middle,
                        of + "&event_id=event-7-20",
                        "/v1/deliveries/",
                        "/v1/deliveries/?event_type=MEETING_BOOKED_VIA_SCHEDULER&until=" + middle,
                        "/v1/deliveries/?status=dead_lettered&limit=200",
                        "/v1/deliveries/?event_id=event-7-7",
                        "/v1/events/event-7-20/",
                        "/v1/ledger/")) {
            time(service, admin, path);
        }
        var statistics = "/v1/webhooks/" + webhook + "/statistics/";
        for (int days : new int[] {1, 7, 30, 365}) {
            time(
                    service,
                    admin,
                    statistics + "?from=" + Instant.now().minus(Duration.ofDays(days)));
        }
        recover(service, admin, webhook);
    }

    /// The address of a part, and of those after it, over and over.
    private static void time(RunningService service, String admin, String path) {
        var times = new long[REQUESTS];
        var next = path;
        for (int i = -WARM_UP; i < REQUESTS; i++) {
            long asked = System.nanoTime();
            var page = service.get(admin, next);
            if (i >= 0) {
                times[i] = System.nanoTime() - asked;
            }
            if (page.status() != 200) {
                throw new IllegalStateException(page.toString());
            }
            var following = page.json().path("next").asString("");
            next = following.isEmpty() ? path : following;
        }
        Arrays.sort(times);
        System.out.printf(
                "%-150s p50 %.1f ms, p99 %.1f ms%n",
                path, times[REQUESTS / 2] / 1e6, times[REQUESTS * 99 / 100] / 1e6);
    }

    /// Where a list goes on at a time.
    private static String cursor(char direction, Instant at) {
        var text = direction + ListKey.text(at, "msg_");
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// A dry run over everything that the log has of the webhook, whose bodies are all gone.
    private static void recover(RunningService service, String admin, UUID webhook) {
        long start = System.nanoTime();
        var path = "/v1/webhooks/" + webhook + "/recoveries/";
        var body =
                "{\"since\":\"%s\",\"only\":\"all\",\"dry_run\":true}"
                        .formatted(Instant.now().minus(Duration.ofDays(DAYS + 1)));
        var one = path + service.post(admin, path, body).text("id") + "/";
        await().atMost(Duration.ofMinutes(3))
                .until(() -> service.get(admin, one).text("status").equals("completed"));
        System.out.printf(
                "a dry run that counts %s deliveries of the webhook: %d ms%n",
                service.get(admin, one).json().path("expired"),
                Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    /// Through Kafka: records are published at once, and the log takes them as ever.
    private static void consume(RunningService service) {
        var topics = new LogTopics(service.prefix);
        var scenario =
                new LogScenario(9, EVENTS, Instant.now().minus(Duration.ofHours(8)), "bench-");
        topics.publish(scenario.decisions.stream().map(topics::of).toList());
        topics.awaitRead();
        for (int round = 1; round <= 2; round++) {
            var again =
                    new LogScenario(
                            9 + round, EVENTS, Instant.now().minus(Duration.ofHours(8)), "bench-");
            topics.publish(again.decisions.stream().map(topics::of).toList());
            topics.awaitRead();
            long start = System.nanoTime();
            topics.publish(again.attempts.stream().map(topics::of).toList());
            topics.awaitRead();
            long took = Duration.ofNanos(System.nanoTime() - start).toMillis();
            System.out.printf(
                    "through Kafka, round %d: %d attempts in %d ms (%d/s)%n",
                    round, again.attempts.size(), took, again.attempts.size() * 1_000L / took);
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
        DatabaseDump.execute(
                database,
                SETUP.replace("{organization}", organization.toString())
                        .replace("{webhook}", webhook.toString()));
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
                'event-{day}-' || n, ('x' || left(encode(sha256(convert_to('event-{day}-' || n, 'UTF8')), 'hex'), 16))
                    ::bit(64)::bigint, 'bench',
                case when n % 10 < 7 then 'AINOTE' else 'MEETING_BOOKED_VIA_SCHEDULER' end,
                false, now(), now(),
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
            from deliveries_{suffix} where event_offset % 10 = 0 or {day} in (1, 12, 13, 24, 25);
            alter table attempts attach partition attempts_{suffix}
                for values from ('{date}T00:00:00Z') to ('{next}T00:00:00Z');
            drop table if exists decisions_{suffix};
            create table decisions_{suffix} (like decisions including constraints);
            insert into decisions_{suffix}
            select organization_uuid, created, event_topic, event_partition,
                event_offset * 100 + {day}, event_id, event_hash, event_source, event_type,
                'u-1', now(), 7, '{}',
                json_build_array(json_build_object('webhook_uuid', webhook_uuid, 'matched', true,
                    'reason', 'matched', 'message_id', message_id))
            from deliveries_{suffix} where event_offset % 10 = 0;
            alter table decisions attach partition decisions_{suffix}
                for values from ('{date}T00:00:00Z') to ('{next}T00:00:00Z');
            """;

    /// The webhook itself, and a year of its attempts.
    private static final String SETUP =
            """
            insert into directory_organizations values ('{organization}', 'Acme', 'ENTERPRISE');
            insert into organizations (organization_uuid) values ('{organization}');
            insert into webhooks (organization_uuid, uuid, version, name, event_type, target_url,
                target_type, is_active, team_uuids, headers, created, modified, failures_since)
            values ('{organization}', '{webhook}', 1, 'bench', 'AINOTE', 'https://example.com/', 2,
                true, '{}', '[]', now(), now(), now());
            insert into attempt_statistics
            select '{organization}', '{webhook}',
                date_bin('5 minutes', now() - step * interval '5 minutes', 'epoch'), measure,
                20 + slot, 7
            from generate_series(0, 365 * 288) as step, generate_series(0, 2) as measure,
                generate_series(0, 9) as slot;
            insert into attempt_statistics_spans
                select organization_uuid, webhook_uuid, date_bin('6 hours', at, 'epoch'), measure,
                    slot, sum(count)
                from attempt_statistics group by 1, 2, 3, 4, 5;
            insert into ledger_days
                select organization_uuid, webhook_uuid, (created at time zone 'UTC')::date,
                    count(*), 0, count(*), 0, 0, 0, 0
                from deliveries group by 1, 2, 3;
            analyze;
            """;
}
