package com.avoma.webhooks.common.secret;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The part of a transit engine's HTTP interface that encrypts and decrypts, at `MOUNT/keys/NAME`
/// of a loopback port, for whoever has the token.
final class FakeTransit implements AutoCloseable {
    static final String TOKEN = "hvs.token";
    static final String PATH = "teams/transit/keys/webhooks";

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int NONCE = 12;

    private final HttpServer server;
    private final byte[] key = new byte[32];
    private final SecureRandom random = new SecureRandom();

    FakeTransit() {
        random.nextBytes(key);
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    /// The key's URI.
    String uri() {
        return "hcvault+http://127.0.0.1:" + server.getAddress().getPort() + "/" + PATH;
    }

    /// As `vault write -field=ciphertext` prints it.
    String encrypt(byte[] plaintext) {
        try {
            byte[] nonce = new byte[NONCE];
            random.nextBytes(nonce);
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(plaintext);
            byte[] all = new byte[NONCE + sealed.length];
            System.arraycopy(nonce, 0, all, 0, NONCE);
            System.arraycopy(sealed, 0, all, NONCE, sealed.length);
            return "vault:v1:" + Base64.getEncoder().encodeToString(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            var asked = MAPPER.readTree(exchange.getRequestBody().readAllBytes());
            if (!TOKEN.equals(headers.getFirst("X-Vault-Token"))
                    || !"true".equals(headers.getFirst("X-Vault-Request"))) {
                send(exchange, 403, "{\"errors\":[\"permission denied\"]}");
                return;
            }
            switch (exchange.getRequestMethod() + " " + exchange.getRequestURI()) {
                case "POST /v1/teams/transit/decrypt/webhooks" -> decrypt(exchange, asked);
                case "POST /v1/teams/transit/encrypt/webhooks" ->
                        send(
                                exchange,
                                200,
                                "{\"request_id\":\"r\",\"data\":{\"ciphertext\":\"%s\",\"key_version\":1}}"
                                        .formatted(
                                                encrypt(
                                                        Base64.getDecoder()
                                                                .decode(
                                                                        asked.path("plaintext")
                                                                                .asString()))));
                default -> send(exchange, 404, "{\"errors\":[]}");
            }
        }
    }

    private void decrypt(HttpExchange exchange, JsonNode asked) throws IOException {
        var text = asked.path("ciphertext").asString();
        try {
            byte[] all = Base64.getDecoder().decode(text.substring("vault:v1:".length()));
            var cipher = cipher(Cipher.DECRYPT_MODE, java.util.Arrays.copyOfRange(all, 0, NONCE));
            byte[] plain = cipher.doFinal(all, NONCE, all.length - NONCE);
            send(
                    exchange,
                    200,
                    "{\"request_id\":\"r\",\"data\":{\"plaintext\":\"%s\"}}"
                            .formatted(Base64.getEncoder().encodeToString(plain)));
        } catch (GeneralSecurityException | RuntimeException e) {
            send(exchange, 400, "{\"errors\":[\"invalid ciphertext\"]}");
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        return cipher;
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
