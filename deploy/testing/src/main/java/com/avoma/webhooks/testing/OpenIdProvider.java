package com.avoma.webhooks.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// An OpenID Connect provider over HTTP whose users all agree at once.
public final class OpenIdProvider implements AutoCloseable {
    private static final String CLIENT = "console";
    private static final String KEY_ID = "first";

    private final KeyPair key = rsa();
    private final KeyPair otherKey = rsa();
    private final HttpServer server;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private volatile UUID organization = UUID.randomUUID();
    private volatile String role = "ADMIN";
    private volatile boolean forging;

    public OpenIdProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/openid-configuration", this::describe);
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.createContext("/keys", this::keys);
        server.start();
    }

    /// What the service needs to sign people in with it.
    public List<String> arguments() {
        var registration = "--spring.security.oauth2.client.registration.product.";
        return new ArrayList<>(
                List.of(
                        registration + "client-id=" + CLIENT,
                        registration + "client-secret=of-the-console",
                        registration + "scope=openid",
                        "--spring.security.oauth2.client.provider.product.issuer-uri=" + issuer()));
    }

    /// Who signs in next.
    public void userIs(UUID organization, String role) {
        this.organization = organization;
        this.role = role;
    }

    /// Whether its tokens are signed with a key that it does not tell.
    public void forges(boolean forging) {
        this.forging = forging;
    }

    private String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void describe(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                """
                {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize",
                 "token_endpoint": "%1$s/token", "jwks_uri": "%1$s/keys",
                 "response_types_supported": ["code"], "subject_types_supported": ["public"],
                 "id_token_signing_alg_values_supported": ["RS256"]}
                """
                        .formatted(issuer()));
    }

    private void keys(HttpExchange exchange) throws IOException {
        var known = (RSAPublicKey) key.getPublic();
        answer(
                exchange,
                """
                {"keys": [{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "%s", "n": "%s", "e": "%s"}]}
                """
                        .formatted(
                                KEY_ID,
                                unsigned(known.getModulus()),
                                unsigned(known.getPublicExponent())));
    }

    private void authorize(HttpExchange exchange) throws IOException {
        var asked = parameters(exchange.getRequestURI().getRawQuery());
        var code = UUID.randomUUID().toString();
        codes.put(code, asked);
        var back =
                asked.get("redirect_uri")
                        + "?code="
                        + code
                        + "&state="
                        + URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Location", back);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void token(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var asked = codes.remove(parameters(body).get("code"));
        if (asked == null) {
            exchange.sendResponseHeaders(400, -1);
            exchange.close();
            return;
        }
        answer(
                exchange,
                """
                {"access_token": "of-nobody's-business", "token_type": "Bearer", "expires_in": 60,
                 "id_token": "%s"}
                """
                        .formatted(idToken(asked.getOrDefault("nonce", ""))));
    }

    private String idToken(String nonce) {
        long now = Instant.now().getEpochSecond();
        var header = "{\"alg\": \"RS256\", \"kid\": \"%s\"}".formatted(KEY_ID);
        var claims =
                """
                {"iss": "%s", "aud": "%s", "sub": "ada", "nonce": "%s", "organization_uuid": "%s",
                 "role": "%s", "iat": %d, "exp": %d}
                """
                        .formatted(issuer(), CLIENT, nonce, organization, role, now, now + 300);
        var signed =
                encoded(header.getBytes(StandardCharsets.UTF_8))
                        + "."
                        + encoded(claims.getBytes(StandardCharsets.UTF_8));
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign((forging ? otherKey : key).getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair rsa() {
        try {
            var keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(2048);
            return keys.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }

    /// As RFC 7518 writes the numbers of a key: without a byte for the sign.
    private static String unsigned(BigInteger number) {
        var bytes = number.toByteArray();
        return encoded(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Map<String, String> parameters(String encoded) {
        return Arrays.stream(encoded.split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(p -> decoded(p[0]), p -> decoded(p[1])));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
