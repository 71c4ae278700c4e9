package com.avoma.webhooks.config;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;

/// An issuer of tokens that the service under test trusts.
final class Tokens {
    static final String ISSUER = "https://issuer.test";
    private static final KeyPair TRUSTED = keyPair();
    private static final KeyPair OTHER = keyPair();

    private Tokens() {}

    static String of(UUID organization, String role) {
        return sign(TRUSTED, ISSUER, organization, role, Instant.now().plusSeconds(600));
    }

    static String ofAnotherIssuer(UUID organization) {
        return sign(
                TRUSTED,
                "https://other.test",
                organization,
                "ADMIN",
                Instant.now().plusSeconds(600));
    }

    static String ofAnotherKey(UUID organization) {
        return sign(OTHER, ISSUER, organization, "ADMIN", Instant.now().plusSeconds(600));
    }

    static String expired(UUID organization) {
        return sign(TRUSTED, ISSUER, organization, "ADMIN", Instant.now().minusSeconds(600));
    }

    /// A `file:` address of the public key in PEM.
    static String publicKey() {
        try {
            var file = Files.createTempFile("issuer", ".pem");
            file.toFile().deleteOnExit();
            var base64 =
                    Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(TRUSTED.getPublic().getEncoded());
            Files.writeString(
                    file, "-----BEGIN PUBLIC KEY-----\n" + base64 + "\n-----END PUBLIC KEY-----\n");
            return "file:" + file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sign(
            KeyPair keys, String issuer, UUID organization, String role, Instant expires) {
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(issuer)
                        .subject("somebody")
                        .claim("organization_uuid", organization.toString())
                        .claim("role", role)
                        .expirationTime(Date.from(expires))
                        .build();
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
        try {
            token.sign(new RSASSASigner(keys.getPrivate()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private static KeyPair keyPair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
