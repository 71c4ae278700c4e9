package com.avoma.webhooks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.embedded.LoopbackPort;
import com.avoma.webhooks.testing.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The production overlay as far as it runs without a cluster: the jars of the images with the
/// variables of the pods, at a real broker that has certificates, topics and rights as Strimzi
/// would make them.
class TheUsersRightsAreEnoughIT {
    private static final String KEYSET = SecretCipher.newKeyset();

    private final Installation installation = Installation.of("production");
    private final TestDatabase database = TestDatabase.fresh();
    private final UUID organization = UUID.randomUUID();
    private final int api = LoopbackPort.free();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir Path folder;

    private TokenIssuer issuer;
    private Certificates certificates;
    private GuardedBroker broker;

    @Test
    void andNobodyElsesAre() throws Exception {
        certificates = new Certificates(folder);
        broker = GuardedBroker.start(Files.createDirectory(folder.resolve("kafka")), certificates);
        try (var tokens = new TokenIssuer("https://login.example.com")) {
            issuer = tokens;
            broker.take(installation);
            migrate();
            try (var config = start("config-service");
                    var dispatcher = start("dispatcher-service");
                    var delivery = start("delivery-service")) {
                for (var service : List.of(config, dispatcher, delivery)) {
                    await().atMost(Duration.ofSeconds(240)).until(service::isReady);
                }
                sendsAnEventAndTriesAgain();
                leadsFromTheIngressToTheProvider();
                for (var service : List.of(config, dispatcher, delivery)) {
                    assertThat(service.log()).doesNotContain("AuthorizationException");
                }
            }
            tellsKedaTheLag();
            refusesTheRest();
        } finally {
            broker.close();
        }
    }

    private void migrate() throws Exception {
        var job = installation.one("Job", "migration");
        var arguments = Yaml.list(Installation.container(job), "args").toArray();
        try (var migration =
                ServiceProcess.start("config-service", folder, environment(job), arguments)) {
            assertThat(migration.end()).as(migration.log()).isZero();
        }
    }

    /// Through every topic but the dead letters.
    private void sendsAnEventAndTriesAgain() throws Exception {
        publish(
                "directory.organizations",
                "{\"uuid\": \"%s\", \"name\": \"Acme\", \"plan\": \"ENTERPRISE\"}"
                        .formatted(organization),
                Map.of());
        var webhook =
                "{\"event_type\": \"AINOTE\", \"target_url\": \"https://receiver.invalid/\", \"teams\": []}";
        await().atMost(Duration.ofSeconds(60))
                .until(() -> call("POST", "/v1/webhooks/", webhook).statusCode() == 201);
        publish(
                "meeting-events",
                "{\"event_type\": \"AINOTE\", \"uuid\": \"%s\"}".formatted(UUID.randomUUID()),
                Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "1",
                        "ce_source", "/test",
                        "ce_type", "AINOTE",
                        "ce_time", Instant.now().toString(),
                        "ce_organizationid", organization.toString(),
                        "ce_userid", "somebody"));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> deliveries().contains("\"unreachable\""));

        var id = deliveries().replaceAll("(?s).*\"id\" ?: ?\"(msg_[0-9a-f]+)\".*", "$1");
        assertThat(call("POST", "/v1/deliveries/" + id + "/redeliver/", "{}").statusCode())
                .isEqualTo(202);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> deliveries().contains("\"attempt_count\":2"));
        assertThat(call("GET", "/v1/deliveries/" + id + "/", null).body()).contains("AINOTE");
    }

    /// And back to the address that the browser knows.
    private void leadsFromTheIngressToTheProvider() throws Exception {
        var host =
                Yaml.text(
                        installation.one("Ingress", "config-service"),
                        "spec",
                        "rules",
                        "0",
                        "host");
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        "http://127.0.0.1:"
                                                + api
                                                + "/oauth2/authorization/product"))
                        .header("X-Forwarded-Proto", "https")
                        .header("X-Forwarded-Host", host)
                        .header("X-Forwarded-For", "198.51.100.7")
                        .build();
        assertThat(
                        http.send(request, BodyHandlers.ofString())
                                .headers()
                                .firstValue("Location")
                                .orElseThrow())
                .startsWith("https://login.example.com/authorize?")
                .contains("redirect_uri=https://" + host + "/login/oauth2/code/product");
    }

    private void tellsKedaTheLag() throws Exception {
        try (var admin = Admin.create(broker.client("keda"))) {
            for (var scaled : installation.all("ScaledObject")) {
                var trigger = Yaml.map(scaled, "spec", "triggers", "0", "metadata");
                var group = trigger.get("consumerGroup").toString();
                assertThat(
                                admin.listConsumerGroupOffsets(group)
                                        .partitionsToOffsetAndMetadata()
                                        .get()
                                        .keySet())
                        .as(group)
                        .anyMatch(partition -> partition.topic().equals(trigger.get("topic")));
            }
        }
    }

    private void refusesTheRest() throws Exception {
        for (var other :
                Map.of(
                                "product-services", "delivery-jobs",
                                "dispatcher-service", "webhook-config",
                                "delivery-service", "meeting-events",
                                "config-service", "delivery-attempts")
                        .entrySet()) {
            assertThatThrownBy(() -> publish(other.getKey(), other.getValue(), "x", Map.of()))
                    .as("%s writes to %s", other.getKey(), other.getValue())
                    .hasRootCauseInstanceOf(AuthorizationException.class);
        }
    }

    private String deliveries() throws Exception {
        var list = call("GET", "/v1/deliveries/", null).body();
        var id = list.replaceAll("(?s).*\"id\" ?: ?\"(msg_[0-9a-f]+)\".*", "$1");
        return id.startsWith("msg_") ? call("GET", "/v1/deliveries/" + id + "/", null).body() : "";
    }

    private void publish(String topic, String value, Map<String, String> headers) throws Exception {
        publish("product-services", topic, value, headers);
    }

    private void publish(String user, String topic, String value, Map<String, String> headers)
            throws Exception {
        try (var producer =
                new KafkaProducer<>(
                        broker.client(user), new StringSerializer(), new StringSerializer())) {
            var record = new ProducerRecord<>(topic, organization.toString(), value);
            headers.forEach((name, text) ->
                    record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
            producer.send(record).get();
        }
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + api + path))
                        .header("Authorization", "Bearer " + issuer.token(organization))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body))
                        .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private ServiceProcess start(String service) throws Exception {
        var environment = environment(installation.service(service));
        environment.put(
                "SPRING_KAFKA_SSL_KEY_STORE_LOCATION", "file:" + certificates.keyStore(service));
        environment.put(
                "SPRING_KAFKA_SSL_TRUST_STORE_LOCATION", "file:" + certificates.trustStore());
        environment.put("SPRING_KAFKA_SSL_KEY_STORE_PASSWORD", Certificates.PASSWORD);
        if (service.equals("config-service")) {
            environment.put("SERVER_PORT", Integer.toString(api));
        }
        return ServiceProcess.start(service, folder, environment);
    }

    /// The pod's variables; what is elsewhere in a cluster is here.
    private Map<String, String> environment(Map<String, Object> workload) throws Exception {
        var environment = new HashMap<>(installation.environment(workload));
        var here =
                Map.of(
                        "SPRING_KAFKA_BOOTSTRAP_SERVERS", broker.address(),
                        "SPRING_R2DBC_URL", database.r2dbcUrl(),
                        "SPRING_FLYWAY_URL", database.jdbcUrl(),
                        "SPRING_R2DBC_USERNAME", database.username(),
                        "SPRING_R2DBC_PASSWORD", database.password(),
                        "SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_JWK_SET_URI", issuer.keys(),
                        "WEBHOOKS_SECRETS_KEYSET", KEYSET,
                        "WEBHOOKS_DISPATCHER_INSTANCE_ID", "dispatcher-service-0");
        here.forEach(environment::replace);
        // so that what is done now and then is done meanwhile
        environment.put("WEBHOOKS_LEDGER_INTERVAL", "2s");
        environment.put("WEBHOOKS_LEDGER_SLACK", "1s");
        return environment;
    }
}
