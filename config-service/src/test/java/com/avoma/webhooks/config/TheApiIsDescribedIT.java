package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.config.deliverylog.LogScenario;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TheApiIsDescribedIT {
    private static final String WEBHOOK =
            "{\"event_type\":\"AINOTE\",\"target_url\":\"https://example.com/\",\"headers\":["
                    + "{\"name\":\"A\",\"value\":\"v\"},"
                    + "{\"name\":\"B\",\"value\":\"v\",\"secret\":true}]}";

    private final RunningService service = RunningService.shared();
    private final RunningService.Answer answer = service.get(null, "/v1/openapi.json");
    private final ApiDescription description = new ApiDescription(answer.raw().body());

    @Test
    void isThereWithoutCredentials() {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.raw().headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/json");
        for (var path : List.of("/v1/docs/", "/v1/docs")) {
            var page = service.get(null, path);
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.raw().headers().firstValue("Content-Type")).hasValue("text/html");
            assertThat(page.raw().headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "script-src 'self';", "style-src 'self';");
            assertThat(page.raw().body()).doesNotContain("http://", "https://", "<style");
            for (var asset : List.of("swagger-ui.css", "swagger-ui-bundle.js", "page.js")) {
                var address = "/v1/docs/assets/" + asset;
                assertThat(page.raw().body()).contains("\"" + address + "\"");
                assertThat(service.get(null, address).status()).as(address).isEqualTo(200);
            }
        }
        assertThat(service.get(null, "/v1/docs/assets/page.js").raw().body())
                .contains("/v1/openapi.json");
    }

    @Test
    void isOpenApi31() {
        var parser = new OpenAPIV3Parser();
        var body = answer.raw().body();

        assertThat(description.document().path("openapi").asString()).startsWith("3.1.");
        assertThat(parser.readContents(body).getMessages()).isEmpty();
        assertThat(
                        parser.readContents(body.replaceFirst("\"responses\"", "\"replies\""))
                                .getMessages())
                .isNotEmpty();
        var metaSchema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(
                                SchemaLocation.of(
                                        SpecificationVersion.DRAFT_2020_12.getDialectId()));
        description
                .document()
                .path("components")
                .path("schemas")
                .properties()
                .forEach(schema ->
                        assertThat(metaSchema.validate(schema.getValue()))
                                .as(schema.getKey())
                                .isEmpty());
    }

    @Test
    void hasEveryRouteAndNoOther() {
        Set<String> routes = new TreeSet<>(service.routes());
        routes.removeIf(
                route -> route.startsWith("GET /v1/docs") || route.startsWith("GET /v1/openapi"));

        assertThat(routes).hasSizeGreaterThan(10);
        assertThat(description.operations()).isEqualTo(routes);
    }

    @Test
    void isCompleteForEachOperation() {
        Set<String> names = new HashSet<>();
        description.each((name, operation) -> {
            assertThat(names.add(operation.path("operationId").asString())).as(name).isTrue();
            assertThat(operation.path("summary").asString()).as(name).isNotEmpty();
            var responses = operation.path("responses");
            assertThat(responses.propertyNames())
                    .as(name)
                    .contains("400", "401", "403", "429", "500", "503")
                    .anyMatch(status -> status.matches("20[0124]"));
            assertThat(responses.has("404")).as(name).isEqualTo(name.contains("{"));
            responses
                    .properties()
                    .forEach(response -> {
                        var at = name + " " + response.getKey();
                        assertThat(response.getValue().path("description").asString())
                                .as(at)
                                .isNotEmpty();
                        response.getValue()
                                .path("content")
                                .forEach(type -> assertExample(at, type));
                    });
            operation
                    .path("requestBody")
                    .path("content")
                    .forEach(type -> assertExample(name, type));
            operation
                    .path("parameters")
                    .forEach(parameter ->
                            assertThat(parameter.path("schema").path("type").asString())
                                    .as("%s %s", name, parameter)
                                    .isIn("string", "integer"));
        });
        assertThat(description.document().path("security").size()).isEqualTo(2);
        assertThat(
                        description
                                .document()
                                .path("components")
                                .path("securitySchemes")
                                .propertyNames())
                .containsExactlyInAnyOrder("ApiKey", "Token");
    }

    @Test
    void saysWhatTheServiceAnswers() {
        try (var _ = SimulatedDelivery.delivers(service.prefix)) {
            compareWithAnswers();
        }
    }

    private void compareWithAnswers() {
        var acme = TestOrganization.of(service, Plan.ENTERPRISE);
        var admin = acme.admin();
        var uuid = service.post(admin, "/v1/webhooks/", WEBHOOK).text("uuid");
        var key = acme.apiKey().split(":")[0];
        var delivery = delivered(acme, UUID.fromString(uuid));
        var secret = "/v1/webhooks/signing-secret/";
        var recoveries = "/v1/webhooks/{uuid}/recoveries/";
        var recovery = "{\"since\":\"2026-03-01T00:00:00Z\",\"dry_run\":true}";
        var recoveryId =
                service.post(admin, recoveries.replace("{uuid}", uuid), recovery).text("id");
        var deliveryId = deadLetter(acme, UUID.fromString(uuid));
        List<String> differences = new ArrayList<>();
        Set<String> answered = new TreeSet<>();
        Map<String, List<String>> calls = new LinkedHashMap<>();
        calls.put("POST /v1/deliveries/{id}/redeliver/", bodies(null, "{\"nope\":1}"));
        calls.put("GET /v1/webhooks/", bodies((String) null));
        calls.put("POST /v1/webhooks/", bodies(WEBHOOK, "{}"));
        calls.put("GET /v1/webhooks/{uuid}/", bodies((String) null));
        calls.put(
                "PATCH /v1/webhooks/{uuid}/",
                bodies("{\"is_active\":false}", "{\"teams\":[]}", "{\"nope\":1}"));
        calls.put("GET " + secret, bodies((String) null));
        calls.put("PATCH " + secret, bodies("{\"signing_secret\":\"a-secret-of-ours\"}", "{}"));
        calls.put("POST " + secret + "rotate/", bodies(null, "{\"overlap\":\"x\"}"));
        calls.put("DELETE " + secret, bodies((String) null));
        calls.put("GET /v1/trigger-events/", bodies((String) null));
        calls.put("GET /v1/teams/", bodies((String) null));
        calls.put("GET /v1/api-keys/", bodies((String) null));
        calls.put("POST /v1/api-keys/", bodies(null, "{\"name\":7}"));
        calls.put("GET /v1/audit-log/", bodies((String) null));
        calls.put("GET /v1/deliveries/", bodies((String) null));
        calls.put("GET /v1/deliveries/{id}/", bodies((String) null));
        calls.put("GET /v1/events/{eventId}/", bodies((String) null));
        calls.put("GET /v1/webhooks/{uuid}/statistics/", bodies((String) null));
        calls.put("GET /v1/ledger/", bodies((String) null));
        calls.put("POST /v1/webhooks/{uuid}/test/", bodies(null, "{\"nope\":1}"));
        calls.put("POST /v1/webhooks/{uuid}/match-preview/", bodies("{}", "{\"nope\":1}"));
        calls.put("POST /v1/webhooks/match-preview/", bodies("{\"event_type\":\"AINOTE\"}", "{}"));
        calls.put("POST " + recoveries, bodies(recovery, "{}"));
        calls.put("GET " + recoveries, bodies((String) null));
        calls.put("GET " + recoveries + "{id}/", bodies((String) null));
        calls.put("DELETE " + recoveries + "{id}/", bodies((String) null));
        calls.put("DELETE /v1/webhooks/{uuid}/", bodies((String) null));
        calls.put("DELETE /v1/api-keys/{clientKey}/", bodies((String) null));
        calls.forEach((operation, bodies) -> {
            var method = operation.split(" ")[0];
            var template = operation.split(" ")[1];
            var id =
                    operation.endsWith("/redeliver/")
                            ? deliveryId
                            : template.startsWith(recoveries) ? recoveryId : delivery;
            var path =
                    template.replace("{uuid}", uuid)
                            .replace("{clientKey}", key)
                            .replace("{id}", id)
                            .replace("{eventId}", "described");
            var absent = template.replace("{uuid}", acme.uuid().toString());
            absent = absent.replaceAll("\\{(clientKey|id|eventId)}", "none");
            List<RunningService.Answer> answers = new ArrayList<>();
            answers.add(service.call(method, null, path, bodies.getFirst()));
            answers.add(service.call(method, acme.member(), path, bodies.getFirst()));
            if (template.contains("{")) {
                answers.add(service.call(method, admin, absent, bodies.getFirst()));
            }
            if (method.equals("GET") && !template.contains("{") && !template.equals(secret)) {
                answers.add(service.get(admin, path + "?limit=0"));
            }
            boolean conditional = template.startsWith("/v1/webhooks/{") || template.equals(secret);
            if (conditional && !method.equals("GET")) {
                answers.add(
                        service.call(method, admin, path, bodies.getFirst(), "If-Match", "\"x\""));
            }
            if (method.equals("POST") || method.equals("PATCH")) {
                answers.add(service.call(method, admin, path, "{\"a\":\"" + "a".repeat(300_000)));
                answers.add(service.call(method, admin, path, "{}", "Content-Type", "text/plain"));
            }
            if (method.equals("POST")) {
                var first = bodies.getFirst();
                var other = first == null ? "{}" : first + " ";
                for (var body : List.of(Optional.ofNullable(first), Optional.of(other))) {
                    answers.add(
                            service.call(
                                    method,
                                    admin,
                                    path,
                                    body.orElse(null),
                                    "Idempotency-Key",
                                    template));
                }
            }
            bodies.forEach(body -> answers.add(service.call(method, admin, path, body)));
            for (var given : answers) {
                description
                        .differences(operation, given)
                        .forEach(difference ->
                                differences.add(
                                        operation + " " + given.status() + ": " + difference));
                answered.add(operation + " " + given.status());
            }
        });

        assertThat(differences).isEmpty();
        assertThat(calls.keySet()).containsExactlyInAnyOrderElementsOf(description.operations());
        Set<String> described = new TreeSet<>();
        description.each((name, operation) ->
                operation
                        .path("responses")
                        .propertyNames()
                        .forEach(status -> described.add(name + " " + status)));
        // those that take a limit, a fault or an outage, and what only a path of NULs is told
        described.removeIf(at -> at.matches(".* (400|429|500|503)"));
        answered.removeIf(at -> at.endsWith(" 400"));
        assertThat(answered).containsExactlyInAnyOrderElementsOf(described);
    }

    /// The id of a delivery that was given up, once the log has it.
    private String deadLetter(TestOrganization acme, UUID webhook) {
        var past = new PastDeliveries(service.prefix, acme.uuid(), webhook);
        past.died("a", Instant.now().minusSeconds(60));
        return past.id("a");
    }

    /// A delivery that is in the log.
    private String delivered(TestOrganization acme, UUID webhook) {
        var topics = new LogTopics(service.prefix);
        var time = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var decision =
                LogScenario.decision(
                        acme.uuid(), webhook, "described", time, new Position("none", 0, 1));
        topics.publish(List.of(topics.of(decision)));
        topics.awaitRead();
        return String.valueOf(decision.decisions().getFirst().messageId());
    }

    private void assertExample(String at, tools.jackson.databind.JsonNode type) {
        assertThat(type.has("example")).as("%s has an example", at).isTrue();
        assertThat(description.faults(type.path("schema"), type.path("example"))).as(at).isEmpty();
    }

    private static List<@Nullable String> bodies(@Nullable String... bodies) {
        List<@Nullable String> list = new ArrayList<>();
        for (var body : bodies) {
            list.add(body);
        }
        return list;
    }
}
