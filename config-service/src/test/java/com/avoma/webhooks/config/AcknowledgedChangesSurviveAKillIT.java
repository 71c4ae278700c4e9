package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SIGKILL in the midst of edits, most of them between commit and publication, again and again.
class AcknowledgedChangesSurviveAKillIT {
    private static final int KILLS = 5;

    /// The lease of the one that was killed, and a few seconds.
    private static final Duration RECOVERY = Duration.ofSeconds(3 + 5);

    private final RunningService.Parts parts = RunningService.Parts.fresh();
    @TempDir Path logs;

    /// An admin who edits one webhook without pause, and remembers what was acknowledged.
    private final class Admin {
        final UUID organization = UUID.randomUUID();
        final List<Integer> acknowledged = new ArrayList<>();
        String path = "";
        int tried;

        void begin(ChildService service) throws Exception {
            DatabaseDump.execute(
                    parts.database(),
                    "insert into directory_organizations values ('"
                            + organization
                            + "', 'Acme', 'ENTERPRISE')");
            var made =
                    service.call(
                            "POST",
                            Tokens.of(organization, "ADMIN"),
                            "/v1/webhooks/",
                            "{\"event_type\":\"AINOTE\",\"target_url\":\"https://example.com/0\","
                                    + "\"headers\":[{\"name\":\"X-N\",\"value\":\"0\"}]}");
            assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
            path = "/v1/webhooks/" + made.body().replaceFirst(".*?\"uuid\":\"([^\"]+)\".*", "$1");
        }

        void editUntil(AtomicBoolean over, ChildService service) {
            var token = Tokens.of(organization, "ADMIN");
            while (!over.get()) {
                int n = ++tried;
                try {
                    var answer =
                            service.call(
                                    "PATCH",
                                    token,
                                    path,
                                    "{\"target_url\":\"https://example.com/%d\",".formatted(n)
                                            + "\"headers\":[{\"name\":\"X-N\",\"value\":\"%d\"}]}"
                                                    .formatted(n));
                    if (answer.statusCode() == 200) {
                        acknowledged.add(n);
                    }
                } catch (IOException e) {
                    return;
                }
            }
        }
    }

    @Test
    void findsEveryAcknowledgedChangeOnKafkaInOrderAndAsTheDatabaseHasIt() throws Exception {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var admins = List.of(new Admin(), new Admin());
        var log = logs.resolve("service.log");
        var service = ChildService.start(parts, log);
        try {
            for (var admin : admins) {
                admin.begin(service);
            }
            for (int kill = 0; kill < KILLS; kill++) {
                killInTheMidstOfEdits(
                        service, admins, Duration.ofMillis(random.nextInt(200, 1500)));
                service = ChildService.start(parts, log);
                await("seed " + seed)
                        .atMost(RECOVERY)
                        .until(AcknowledgedChangesSurviveAKillIT.this::isAllPublished);
            }
            for (var admin : admins) {
                var stored =
                        service.call("GET", Tokens.of(admin.organization, "ADMIN"), admin.path, "");
                assertHolds(admin, stored.body(), seed);
            }
        } finally {
            service.close();
        }
    }

    private static void killInTheMidstOfEdits(
            ChildService service, List<Admin> admins, Duration after) throws InterruptedException {
        var over = new AtomicBoolean();
        var editing =
                admins.stream()
                        .map(admin ->
                                Thread.ofVirtual().start(() -> admin.editUntil(over, service)))
                        .toList();
        LockSupport.parkNanos(after.toNanos());
        service.close();
        over.set(true);
        for (var thread : editing) {
            thread.join();
        }
    }

    private boolean isAllPublished() throws Exception {
        return DatabaseDump.texts(
                        parts.database(),
                        "select 1 from organizations where revision <> published_revision"
                                + " union all select 1 from outbox")
                .isEmpty();
    }

    private void assertHolds(Admin admin, String stored, long seed) {
        var snapshots = PublishedSnapshots.of(parts.prefix(), admin.organization);
        assertThat(snapshots)
                .extracting(OrganizationSnapshot::revision)
                .as("seed %d", seed)
                .isSorted();
        var published = snapshots.stream().map(snapshot -> number(snapshot)).toList();
        assertThat(admin.acknowledged).as("seed %d", seed).isNotEmpty();
        assertThat(published.stream().distinct().toList())
                .as("seed %d: acknowledged changes, in order", seed)
                .containsSubsequence(admin.acknowledged);
        int last = published.getLast();
        assertThat(last)
                .as("seed %d", seed)
                .isGreaterThanOrEqualTo(admin.acknowledged.getLast())
                .isLessThanOrEqualTo(admin.tried);
        assertThat(stored).contains("\"target_url\":\"https://example.com/" + last + "\"");
    }

    /// Of the change that a snapshot has, which is there as a whole.
    private static int number(OrganizationSnapshot snapshot) {
        var webhook = snapshot.webhooks().getFirst();
        var number = webhook.headers().getFirst().value();
        assertThat(webhook.targetUrl()).isEqualTo("https://example.com/" + number);
        return Integer.parseInt(number);
    }
}
