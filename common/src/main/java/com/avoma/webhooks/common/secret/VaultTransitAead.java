package com.avoma.webhooks.common.secret;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.json.MalformedRecordException;
import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One key of a transit engine. A ciphertext is the engine's text, like `vault:v1:…`, in UTF-8.
/// Blocks, for at most ten seconds a call.
final class VaultTransitAead implements Aead {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final URI engine;
    private final String key;
    private final @Nullable String token;

    /// @param engine the address of the engine, a slash at its end
    VaultTransitAead(URI engine, String key, @Nullable String token) {
        this.engine = engine;
        this.key = key;
        this.token = token;
    }

    private record Answer(@Nullable Data data) {}

    private record Data(@Nullable String plaintext, @Nullable String ciphertext) {
        /// Without the plaintext.
        @Override
        public String toString() {
            return "Data";
        }
    }

    @Override
    public byte[] encrypt(byte[] plaintext, byte @Nullable [] associatedData)
            throws GeneralSecurityException {
        var asked = body("plaintext", base64(plaintext), associatedData);
        var ciphertext = ask("encrypt", asked).ciphertext();
        if (ciphertext == null) {
            throw new GeneralSecurityException("encrypt: the answer has no ciphertext");
        }
        return ciphertext.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] decrypt(byte[] ciphertext, byte @Nullable [] associatedData)
            throws GeneralSecurityException {
        var text = new String(ciphertext, StandardCharsets.UTF_8).strip();
        var plaintext = ask("decrypt", body("ciphertext", text, associatedData)).plaintext();
        if (plaintext == null) {
            throw new GeneralSecurityException("decrypt: the answer has no plaintext");
        }
        try {
            return Base64.getDecoder().decode(plaintext);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("decrypt: the plaintext is not base64", e);
        }
    }

    private static Map<String, String> body(
            String field, String value, byte @Nullable [] associatedData) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put(field, value);
        if (associatedData != null && associatedData.length > 0) {
            body.put("associated_data", base64(associatedData));
        }
        return body;
    }

    private Data ask(String operation, Map<String, String> body) throws GeneralSecurityException {
        var address = engine.resolve(operation + "/" + key);
        var request =
                HttpRequest.newBuilder(address)
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        // an agent may insist on it, against requests that browsers are tricked
                        // into
                        .header("X-Vault-Request", "true")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(body)));
        if (token != null) {
            request.header("X-Vault-Token", token);
        }
        var response = send(request.build());
        if (response.statusCode() != 200) {
            throw new GeneralSecurityException(
                    address + " answered with status " + response.statusCode());
        }
        try {
            var data = Json.read(response.body(), Answer.class).data();
            if (data != null) {
                return data;
            }
        } catch (MalformedRecordException e) {
            throw new GeneralSecurityException(address + " did not answer with JSON", e);
        }
        throw new GeneralSecurityException(address + " answered without data");
    }

    private static HttpResponse<byte[]> send(HttpRequest request) throws GeneralSecurityException {
        try (var client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new GeneralSecurityException(request.uri() + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GeneralSecurityException(request.uri() + " was not waited for", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
