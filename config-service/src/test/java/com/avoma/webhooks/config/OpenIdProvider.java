package com.avoma.webhooks.config;

import com.avoma.webhooks.common.json.Json;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// An OpenID Connect provider over HTTP whose users all agree at once.
final class OpenIdProvider implements AutoCloseable {
    static final String CLIENT = "console";

    private final RSAKey key;
    private final RSAKey otherKey;
    private final HttpServer server;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private volatile UUID organization = UUID.randomUUID();
    private volatile String role = "ADMIN";
    private volatile boolean forging;

    OpenIdProvider() throws IOException, JOSEException {
        key = new RSAKeyGenerator(2048).keyID("first").generate();
        otherKey = new RSAKeyGenerator(2048).keyID("first").generate();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/.well-known/openid-configuration", this::describe);
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.createContext(
                "/keys", exchange -> answer(exchange, new JWKSet(key).toString().getBytes()));
        server.start();
    }

    /// What the service needs to sign people in with it.
    List<String> arguments() {
        var registration = "--spring.security.oauth2.client.registration.product.";
        return new ArrayList<>(
                List.of(
                        registration + "client-id=" + CLIENT,
                        registration + "client-secret=of-the-console",
                        registration + "scope=openid",
                        "--spring.security.oauth2.client.provider.product.issuer-uri=" + issuer()));
    }

    /// Who signs in next.
    void userIs(UUID organization, String role) {
        this.organization = organization;
        this.role = role;
    }

    /// Whether its tokens are signed with a key that it does not tell.
    void forges(boolean forging) {
        this.forging = forging;
    }

    private String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void describe(HttpExchange exchange) throws IOException {
        answer(
                exchange,
                Json.write(
                        Map.of(
                                "issuer", issuer(),
                                "authorization_endpoint", issuer() + "/authorize",
                                "token_endpoint", issuer() + "/token",
                                "jwks_uri", issuer() + "/keys",
                                "response_types_supported", List.of("code"),
                                "subject_types_supported", List.of("public"),
                                "id_token_signing_alg_values_supported", List.of("RS256"))));
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
                Json.write(
                        Map.of(
                                "access_token",
                                "of-nobody's-business",
                                "token_type",
                                "Bearer",
                                "expires_in",
                                60,
                                "id_token",
                                idToken(asked.get("nonce")))));
    }

    private String idToken(String nonce) {
        var now = Instant.now();
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(issuer())
                        .audience(CLIENT)
                        .subject("ada")
                        .claim("nonce", nonce)
                        .claim("organization_uuid", organization.toString())
                        .claim("role", role)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(300)))
                        .build();
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("first").build();
        var token = new SignedJWT(header, claims);
        try {
            token.sign(new RSASSASigner(forging ? otherKey : key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private static void answer(HttpExchange exchange, byte[] json) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, json.length);
        exchange.getResponseBody().write(json);
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
