package com.avoma.webhooks.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The public API, as a caller with a key uses it.
///
/// @param address of config-service
/// @param key `CLIENT_KEY:CLIENT_SECRET`
record Api(String address, String key) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.shared();

    /// What came back; the body is null where there was none.
    record Answer(int status, JsonNode body) {}

    /// Adds a webhook for events of all members, or of the members of the teams.
    ///
    /// @return its uuid
    UUID addWebhook(String eventType, String targetUrl, UUID... teams) {
        var answer =
                post(
                        "/v1/webhooks/",
                        Map.of(
                                "event_type",
                                eventType,
                                "target_url",
                                targetUrl,
                                "teams",
                                List.of(teams)));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return UUID.fromString(answer.body().get("uuid").asString());
    }

    /// Gives a webhook a client certificate.
    void setClientCertificate(UUID webhook, X509Bundle client) {
        var pair =
                Map.of(
                        "certificate", client.getCertificatePEM(),
                        "private_key", client.getPrivateKeyPEM());
        var answer =
                call("PATCH", "/v1/webhooks/" + webhook + "/", Map.of("client_certificate", pair));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    }

    void deleteWebhook(UUID webhook) {
        assertThat(call("DELETE", "/v1/webhooks/" + webhook + "/", null).status()).isEqualTo(204);
    }

    /// Deletes every webhook of the organization.
    void deleteWebhooks() {
        get("/v1/webhooks/")
                .body()
                .get("results")
                .forEach(webhook -> deleteWebhook(UUID.fromString(webhook.get("uuid").asString())));
    }

    /// Makes a new random signing secret.
    String rotateSecret() {
        var answer = post("/v1/webhooks/signing-secret/rotate/", null);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.body().get("signing_secret").asString();
    }

    /// A delivery of the log once it has that status, waiting for it.
    JsonNode awaitDelivery(String id, String status) {
        var path = "/v1/deliveries/" + id + "/";
        Awaiting.until(
                id + " to be " + status,
                () -> {
                    var answer = get(path);
                    return answer.status() == 200
                            && answer.body().get("status").asString().equals(status);
                });
        return get(path).body();
    }

    Answer get(String path) {
        return call("GET", path, null);
    }

    Answer post(String path, Object body) {
        return call("POST", path, body);
    }

    Answer call(String method, String path, Object body) {
        var request =
                HttpRequest.newBuilder(URI.create(address + path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                        .build();
        var response = send(request);
        return new Answer(
                response.statusCode(),
                response.body().length == 0 ? null : JSON.readTree(response.body()));
    }

    /// What is at an address that asks for no credentials.
    static String text(String address) {
        return text(address, "*/*");
    }

    /// The same, of one content type.
    static String text(String address, String accept) {
        var request =
                HttpRequest.newBuilder(URI.create(address))
                        .timeout(Duration.ofSeconds(30))
                        .header("Accept", accept)
                        .build();
        return new String(send(request).body(), StandardCharsets.UTF_8);
    }

    private static HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
