package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.subscription.Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class PlansLimitWebhooksIT {
    private final RunningService service = RunningService.shared();

    @Test
    void saysWhichPlansHaveWebhooks() {
        var startup = TestOrganization.of(service, Plan.STARTUP);

        var refused = startup.webhook("AINOTE", "https://example.com/");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("detail"))
                .isEqualTo(
                        "The Startup plan has no webhooks; they come with the Organization or the"
                                + " Enterprise plan.");
        assertThat(service.get(startup.admin(), "/v1/webhooks/").json().path("count").asInt())
                .isZero();
    }

    @Test
    void isNeverExceededByARace() throws Exception {
        var acme = TestOrganization.of(service, Plan.ORGANIZATION);
        List<Future<Integer>> creations = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(20)) {
            for (int i = 0; i < 20; i++) {
                var url = "https://example.com/" + i;
                Callable<Integer> creation = () -> acme.webhook("AINOTE", url).status();
                creations.add(threads.submit(creation));
            }
        }
        List<Integer> statuses = new ArrayList<>();
        for (var creation : creations) {
            statuses.add(creation.get());
        }

        assertThat(statuses).filteredOn(status -> status == 201).hasSize(10);
        assertThat(statuses).filteredOn(status -> status == 400).hasSize(10);
        var snapshots = service.snapshots(acme);
        assertThat(snapshots.getLast().webhooks()).hasSize(10);
        assertThat(snapshots).extracting(s -> s.revision()).isSorted().doesNotHaveDuplicates();
        // each trigger event has a limit of its own
        assertThat(acme.webhook("MEETING_BOOKED_VIA_SCHEDULER", "https://example.com/").status())
                .isEqualTo(201);
    }

    @Test
    void keepsSurplusWebhooksInactiveUntilThePlanHasRoomAgain() {
        var acme = TestOrganization.of(service, Plan.ENTERPRISE);
        for (int i = 0; i < 12; i++) {
            acme.webhook("AINOTE", "https://example.com/" + i);
        }

        acme.becomes(Plan.ORGANIZATION);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(activeUrls(acme)).hasSize(10));
        assertThat(activeUrls(acme)).doesNotContain("https://example.com/10");
        var list = service.get(acme.admin(), "/v1/webhooks/").json().path("results");
        assertThat(list.size()).isEqualTo(12);
        assertThat(list.get(11).path("inactive_reason").asString()).isEqualTo("plan");
        var activated =
                service.patch(
                        acme.admin(),
                        "/v1/webhooks/" + list.get(11).path("uuid").asString() + "/",
                        "{\"is_active\":true}");
        assertThat(activated.status()).isEqualTo(400);
        assertThat(activated.text("detail")).contains("10 webhooks for AINOTE");

        acme.becomes(Plan.ENTERPRISE);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(activeUrls(acme)).hasSize(12));
    }

    private List<String> activeUrls(TestOrganization organization) {
        return service.snapshots(organization).getLast().webhooks().stream()
                .filter(Subscription::active)
                .map(Subscription::targetUrl)
                .toList();
    }
}
