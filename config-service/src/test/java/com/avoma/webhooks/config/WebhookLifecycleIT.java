package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WebhookLifecycleIT {
    private final RunningService service = RunningService.shared();
    private final TestOrganization acme = TestOrganization.of(service, Plan.ORGANIZATION);
    private final String key = acme.apiKey();

    @Test
    void isOnKafkaBeforeEachAnswerFromCreationToDeletion() {
        var created =
                service.post(
                        key,
                        "/v1/webhooks/",
                        """
                        {"event_type": "AINOTE", "target_url": "https://example.com/hook?a=b",
                         "target_type": 2, "teams": ["%s"],
                         "headers": [{"name": "X-Key", "value": "v"}]}
                        """
                                .formatted(acme.team()));
        var afterCreation = latest();

        assertThat(created.status()).as("%s", created).isEqualTo(201);
        var uuid = created.text("uuid");
        assertThat(created.json().propertyNames())
                .containsExactly(
                        "uuid",
                        "name",
                        "event_type",
                        "target_url",
                        "target_type",
                        "is_active",
                        "inactive_reason",
                        "teams",
                        "deleted_teams",
                        "headers",
                        "created",
                        "modified");
        assertThat(created.text("name")).isEqualTo("AI notes ready to example.com");
        assertThat(created.text("target_url")).isEqualTo("https://example.com/hook?a=b");
        assertThat(created.json().path("target_type").asInt()).isEqualTo(2);
        assertThat(created.json().path("is_active").asBoolean()).isTrue();
        assertThat(created.json().path("inactive_reason").isNull()).isTrue();
        assertThat(created.json().path("headers").toString())
                .isEqualTo("[{\"name\":\"X-Key\",\"value\":\"v\"}]");
        assertThat(created.text("created")).endsWith("Z");
        assertThat(afterCreation.webhooks())
                .singleElement()
                .satisfies(webhook -> {
                    assertThat(webhook.uuid()).isEqualTo(UUID.fromString(uuid));
                    assertThat(webhook.active()).isTrue();
                    assertThat(webhook.teamUuids()).isEqualTo(Set.of(acme.team()));
                    assertThat(webhook.eventType()).isEqualTo("AINOTE");
                });

        var path = "/v1/webhooks/" + uuid;
        assertThat(service.get(key, path).json()).isEqualTo(created.json());
        assertThat(service.get(key, path + "/").json()).isEqualTo(created.json());
        var list = service.get(key, "/v1/webhooks/").json();
        assertThat(list.path("count").asInt()).isEqualTo(1);
        assertThat(list.path("next").isNull()).isTrue();
        assertThat(list.path("results").get(0)).isEqualTo(created.json());

        var patched = service.patch(key, path, "{\"is_active\": false, \"teams\": null}");
        var afterPatch = latest();
        assertThat(patched.status()).as("%s", patched).isEqualTo(200);
        assertThat(patched.text("inactive_reason")).isEqualTo("admin");
        assertThat(patched.json().path("teams").size()).isZero();
        assertThat(patched.text("name")).isEqualTo(created.text("name"));
        assertThat(afterPatch.revision()).isEqualTo(afterCreation.revision() + 1);
        assertThat(afterPatch.webhooks().getFirst().active()).isFalse();

        var deleted = service.delete(key, path + "/");
        var afterDeletion = latest();
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.raw().body()).isEmpty();
        assertThat(afterDeletion.revision()).isEqualTo(afterPatch.revision() + 1);
        assertThat(afterDeletion.webhooks()).isEmpty();
        assertThat(service.get(key, path).status()).isEqualTo(404);
        assertThat(service.delete(key, path).status()).isEqualTo(404);
    }

    @Test
    void publishesNothingWhereAPatchChangesNothing() {
        var uuid = acme.webhook("AINOTE", "https://example.com/").text("uuid");
        var before = latest().revision();

        var patched = service.patch(key, "/v1/webhooks/" + uuid + "/", "{\"is_active\": true}");

        assertThat(patched.status()).isEqualTo(200);
        assertThat(latest().revision()).isEqualTo(before);
    }

    @Test
    void editsOnlyWhatWasRead() {
        var created = acme.webhook("AINOTE", "https://example.com/");
        var path = "/v1/webhooks/" + created.text("uuid") + "/";
        var tag = created.raw().headers().firstValue("ETag").orElseThrow();
        var rename = "{\"name\": \"New name\"}";

        assertThat(service.call("PATCH", key, path, rename, "If-Match", tag).status())
                .isEqualTo(200);
        var stale = service.call("PATCH", key, path, "{\"name\":\"Newer\"}", "If-Match", tag);
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.text("detail")).contains("If-Match");
        assertThat(service.call("DELETE", key, path, null, "If-Match", tag).status())
                .isEqualTo(412);
        assertThat(service.get(key, path).text("name")).isEqualTo("New name");
    }

    @Test
    void listsInPagesThatLeadOnAndBack() {
        for (int i = 0; i < 5; i++) {
            assertThat(acme.webhook("AINOTE", "https://example.com/" + i).status()).isEqualTo(201);
        }

        var first = service.get(key, "/v1/webhooks/?limit=2").json();
        var second = service.get(key, first.path("next").asString()).json();
        var third = service.get(key, second.path("next").asString()).json();
        var back = service.get(key, third.path("previous").asString()).json();

        assertThat(first.path("previous").isNull()).isTrue();
        assertThat(third.path("next").isNull()).isTrue();
        assertThat(third.path("results").size()).isEqualTo(1);
        assertThat(third.path("results").get(0).path("target_url").asString())
                .isEqualTo("https://example.com/4");
        assertThat(back.path("results")).isEqualTo(second.path("results"));
        assertThat(back.path("count").asInt()).isEqualTo(5);
    }

    @Test
    void answersWithinMillisecondsOfTheCommit() {
        acme.webhook("AINOTE", "https://example.com/warm");
        var before = System.nanoTime();
        for (int i = 0; i < 5; i++) {
            acme.webhook("AINOTE", "https://example.com/" + i);
        }
        // far above what it takes, and below what any polling interval would make of it
        assertThat((System.nanoTime() - before) / 5).isLessThan(500_000_000L);
    }

    @Test
    void reportsHealthAndMetrics() {
        acme.webhook("AINOTE", "https://example.com/");

        var readiness =
                service.get(key, service.managementAddress() + "/actuator/health/readiness");
        var metrics = service.get(key, service.managementAddress() + "/actuator/prometheus");

        assertThat(readiness.text("status")).isEqualTo("UP");
        assertThat(readiness.json().path("components").propertyNames())
                .contains("r2dbc", "kafka", "readinessState");
        assertThat(metrics.raw().body())
                .contains("webhooks_config_propagation_seconds_count", "webhooks_active");
    }

    private OrganizationSnapshot latest() {
        return service.snapshots(acme).getLast();
    }
}
