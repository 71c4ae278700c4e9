package com.avoma.webhooks.config;

import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.testing.TestBroker;
import com.avoma.webhooks.testing.TestDatabase;
import com.avoma.webhooks.testing.TestTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// The real service on ports of its own, spoken to by HTTP only.
final class RunningService implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int ANY_NUMBER = 1_000_000;

    final TestDatabase database;
    final String prefix;
    final String keyset;
    private final ConfigurableApplicationContext context;
    private final HttpClient client = HttpClient.newHttpClient();

    /// Where a service finds its parts.
    record Parts(String bootstrapServers, TestDatabase database, String prefix, String keyset) {
        static Parts fresh() {
            return new Parts(
                    TestBroker.bootstrapServers(),
                    TestDatabase.fresh(),
                    TestTopics.prefix(),
                    SecretCipher.newKeyset());
        }
    }

    record Answer(int status, @Nullable JsonNode body, HttpResponse<String> raw) {
        JsonNode json() {
            if (body == null) {
                throw new AssertionError("no body in " + this);
            }
            return body;
        }

        String text(String field) {
            return json().path(field).asString();
        }
    }

    private RunningService(Parts parts, String... more) {
        this.database = parts.database();
        this.prefix = parts.prefix();
        this.keyset = parts.keyset();
        List<String> arguments = new ArrayList<>();
        Map.of(
                        "server.port",
                        "0",
                        "server.address",
                        "127.0.0.1",
                        "management.server.port",
                        "0",
                        "spring.kafka.bootstrap-servers",
                        parts.bootstrapServers(),
                        "spring.r2dbc.url",
                        database.r2dbcUrl(),
                        "spring.r2dbc.username",
                        database.username(),
                        "spring.r2dbc.password",
                        database.password(),
                        "spring.flyway.url",
                        database.jdbcUrl(),
                        "webhooks.topics.prefix",
                        prefix,
                        "webhooks.secrets.keyset",
                        keyset)
                .forEach((key, value) -> arguments.add("--" + key + "=" + value));
        arguments.add("--webhooks.topics.partitions=3");
        arguments.add("--webhooks.security.issuer=" + Tokens.ISSUER);
        arguments.add(
                "--spring.security.oauth2.resourceserver.jwt.public-key-location="
                        + Tokens.publicKey());
        arguments.addAll(Arrays.asList(more));
        // tests call more often than callers may
        for (var limit : List.of("requests-per-minute", "user-requests-per-minute")) {
            var option = "--webhooks.api." + limit + "=";
            if (arguments.stream().noneMatch(argument -> argument.startsWith(option))) {
                arguments.add(option + ANY_NUMBER);
            }
        }
        this.context =
                new SpringApplicationBuilder(ConfigApplication.class, LoopsOfItsOwn.class)
                        .web(WebApplicationType.REACTIVE)
                        .run(arguments.toArray(String[]::new));
    }

    static RunningService start(Parts parts, String... more) {
        return new RunningService(parts, more);
    }

    /// One service for all tests of this JVM that need nothing special of it.
    static RunningService shared() {
        return Shared.SERVICE;
    }

    Answer get(String credentials, String path) {
        return call("GET", credentials, path, null);
    }

    Answer post(String credentials, String path, @Nullable String body) {
        return call("POST", credentials, path, body);
    }

    Answer patch(String credentials, String path, String body) {
        return call("PATCH", credentials, path, body);
    }

    Answer delete(String credentials, String path) {
        return call("DELETE", credentials, path, null);
    }

    Answer call(
            String method,
            @Nullable String credentials,
            String path,
            @Nullable String body,
            String... headers) {
        var uri = path.startsWith("http") ? URI.create(path) : URI.create(address() + path);
        var request =
                HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofSeconds(30))
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (body != null && !List.of(headers).contains("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        if (credentials != null) {
            request.header("Authorization", "Bearer " + credentials);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var raw = client.send(request.build(), BodyHandlers.ofString());
            var json = raw.body().startsWith("{") ? MAPPER.readTree(raw.body()) : null;
            return new Answer(raw.statusCode(), json, raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A part of the service, for what cannot be seen from outside.
    <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    String address() {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
    }

    String managementAddress() {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.management.port");
    }

    /// Each method and path below `/v1/` that a controller answers, like `GET /v1/teams/`.
    Set<String> routes() {
        return routes("/v1/").stream().map(route -> route + "/").collect(Collectors.toSet());
    }

    /// Each method and path of the console that a controller answers.
    Set<String> pages() {
        return routes("/console/");
    }

    private Set<String> routes(String below) {
        var mappings =
                context.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        Set<String> routes = new TreeSet<>();
        mappings.getHandlerMethods()
                .keySet()
                .forEach(mapping ->
                        mapping.getPatternsCondition().getPatterns().stream()
                                .filter(path -> path.getPatternString().startsWith(below))
                                .forEach(path ->
                                        mapping.getMethodsCondition()
                                                .getMethods()
                                                .forEach(method ->
                                                        routes.add(method + " " + path))));
        return routes;
    }

    /// Everything that a consumer of committed records sees on `webhook-config` now.
    List<ConsumerRecord<byte[], byte[]>> published() {
        return PublishedSnapshots.records(prefix);
    }

    /// The snapshots of one organization, in their order on Kafka.
    List<OrganizationSnapshot> snapshots(TestOrganization organization) {
        return PublishedSnapshots.of(prefix, organization.uuid());
    }

    /// Asks for a task on every organization.
    Answer maintain(String task) {
        return call("POST", null, managementAddress() + "/actuator/maintenance/" + task, null);
    }

    /// How far a task is; missing where nobody asked for it.
    JsonNode maintained(String task) {
        var tasks =
                call("GET", null, managementAddress() + "/actuator/maintenance", null)
                        .json()
                        .path("tasks");
        return tasks.values().stream()
                .filter(t -> t.path("task").asString().equals(task))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    @Override
    public void close() {
        context.close();
    }

    /// Services in one JVM share Reactor Netty's event loops, and the first that ends would end the
    /// others' too.
    static class LoopsOfItsOwn {
        @Bean
        ReactorResourceFactory reactorResourceFactory() {
            var resources = new ReactorResourceFactory();
            resources.setUseGlobalResources(false);
            return resources;
        }
    }

    private static final class Shared {
        // patient: a machine that builds something else beside it is slow
        static final RunningService SERVICE =
                start(Parts.fresh(), "--webhooks.publication.patience=20s");
    }
}
