package com.avoma.webhooks.kubernetes;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/// As much of an OpenID Connect provider as the API asks: tokens, and the keys that they are signed
/// with.
final class TokenIssuer implements AutoCloseable {
    private static final String ID = "key";

    private final RSAKey key = new RSAKeyGenerator(2048).keyID(ID).generate();
    private final String issuer;
    private final HttpServer server;

    TokenIssuer(String issuer) throws IOException, JOSEException {
        this.issuer = issuer;
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        server.createContext(
                "/keys",
                exchange -> {
                    exchange.sendResponseHeaders(200, keys.length);
                    exchange.getResponseBody().write(keys);
                    exchange.close();
                });
        server.start();
    }

    /// The address of its keys.
    String keys() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
    }

    /// Of an admin of the organization.
    String token(UUID organization) throws JOSEException {
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(issuer)
                        .subject("ada")
                        .claim("organization_uuid", organization.toString())
                        .claim("role", "ADMIN")
                        .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                        .build();
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(ID).build();
        var token = new SignedJWT(header, claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
