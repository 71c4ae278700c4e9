package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.config.deliverylog.LogScenario;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Whatever the service has a path for, called with the identifiers of another organization's
/// things.
class NoPathLeadsToAnotherOrganizationIT {
    @Test
    void ofThoseThatThereAre() {
        tryEveryPath(RunningService.shared());
    }

    /// Each statement names its organization, and does not rely on what is behind it.
    @Test
    void evenWithoutRowLevelSecurity() throws SQLException {
        try (var service = RunningService.start(RunningService.Parts.fresh())) {
            for (var table :
                    DatabaseDump.texts(
                            service.database,
                            "select relname from pg_class where relrowsecurity")) {
                DatabaseDump.execute(
                        service.database, "alter table " + table + " disable row level security");
            }
            tryEveryPath(service);
        }
    }

    private static void tryEveryPath(RunningService service) {
        var acme = TestOrganization.of(service, Plan.ENTERPRISE);
        var other = TestOrganization.of(service, Plan.ENTERPRISE);
        var things = things(service, acme);
        var own = things(service, other);
        var secret = "/v1/webhooks/signing-secret/";
        var acmesSecret = service.get(acme.admin(), secret).text("signing_secret");
        var before = everything(service, acme);
        int tried = 0;

        for (var route : service.routes()) {
            var method = route.split(" ")[0];
            var template = route.split(" ")[1];
            var body = method.matches("POST|PATCH") ? body(template) : null;
            for (var path : List.of(path(template, things), path(template, own, things))) {
                var answer = service.call(method, other.admin(), path, body);
                tried++;
                var what = method + " " + path;
                assertThat(answer.raw().body())
                        .as(what)
                        .doesNotContain(acmesSecret, acme.uuid() + ".example.com");
                if (template.contains("{")) {
                    assertThat(answer.status()).as(what).isEqualTo(404);
                } else {
                    assertThat(answer.raw().body()).as(what).doesNotContain(things.values());
                }
            }
        }

        assertThat(tried).isGreaterThan(50);
        assertThat(everything(service, acme)).isEqualTo(before);
        assertThat(service.get(acme.admin(), secret).text("signing_secret")).isEqualTo(acmesSecret);
    }

    /// By what a path calls them: one of everything that has an identifier.
    private static Map<String, String> things(RunningService service, TestOrganization of) {
        var admin = of.admin();
        var name = UUID.randomUUID().toString();
        var webhook = of.webhook("AINOTE", "https://" + of.uuid() + ".example.com/").text("uuid");
        var past = new PastDeliveries(service.prefix, of.uuid(), UUID.fromString(webhook));
        past.died(name, Instant.now().minusSeconds(60));
        var topics = new LogTopics(service.prefix);
        var place = new Position("nowhere", 0, 1);
        topics.publish(
                List.of(
                        topics.of(
                                LogScenario.decision(
                                        of.uuid(),
                                        UUID.fromString(webhook),
                                        name,
                                        Instant.now(),
                                        place))));
        topics.awaitRead();
        service.post(admin, "/v1/webhooks/signing-secret/rotate/", null);
        var recovery =
                service.post(
                                admin,
                                "/v1/webhooks/" + webhook + "/recoveries/",
                                "{\"since\":\"2026-03-01T00:00:00Z\",\"dry_run\":true}")
                        .text("id");
        return Map.of(
                "{uuid}", webhook,
                "{clientKey}", of.apiKey().split(":")[0],
                "{eventId}", name,
                "{id}", past.id(name),
                "recovery", recovery);
    }

    private static String path(String template, Map<String, String> things) {
        var filled = template;
        if (template.contains("/recoveries/")) {
            filled = filled.replace("{id}", things.get("recovery"));
        }
        for (var thing : things.entrySet()) {
            filled = filled.replace(thing.getKey(), thing.getValue());
        }
        return filled;
    }

    /// Where a path has two identifiers, the first is the caller's own.
    private static String path(
            String template, Map<String, String> own, Map<String, String> things) {
        int second = template.indexOf('{', template.indexOf('{') + 1);
        return second < 0
                ? path(template, things)
                : path(
                        template.substring(0, second).replace("{uuid}", own.get("{uuid}"))
                                + template.substring(second),
                        things);
    }

    private static String body(String template) {
        if (template.endsWith("/recoveries/")) {
            return "{\"since\":\"2026-03-01T00:00:00Z\"}";
        }
        if (template.endsWith("/match-preview/")) {
            return "{\"event_type\":\"AINOTE\"}";
        }
        return template.endsWith("/{uuid}/") ? "{\"name\":\"mine\"}" : "{}";
    }

    private static List<String> everything(RunningService service, TestOrganization of) {
        return List.of("/v1/webhooks/", "/v1/teams/", "/v1/deliveries/", "/v1/api-keys/").stream()
                .map(path -> service.get(of.admin(), path).raw().body())
                .toList();
    }
}
