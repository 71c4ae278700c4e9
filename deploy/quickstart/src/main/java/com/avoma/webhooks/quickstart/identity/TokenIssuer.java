package com.avoma.webhooks.quickstart.identity;

import com.avoma.webhooks.common.directory.Member;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.quickstart.data.PrivateFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// Stands in for the product's OpenID Connect provider: issues JWTs (RFC 7519, RS256) that
/// config-service believes in this profile only.
public final class TokenIssuer {
    /// The `iss` claim.
    public static final String ISSUER = "https://quickstart.invalid";

    private static final Duration VALID = Duration.ofDays(30);
    private static final int KEY_BITS = 2048;

    private final PrivateKey key;
    private final Path publicKey;
    private final Clock clock;

    private TokenIssuer(PrivateKey key, Path publicKey, Clock clock) {
        this.key = key;
        this.publicKey = publicKey;
        this.clock = clock;
    }

    /// The issuer with the key pair in that directory, made where there is none.
    public static TokenIssuer in(Path directory, Clock clock) {
        var privateFile = directory.resolve("jwt-private.pem");
        var publicFile = directory.resolve("jwt-public.pem");
        try {
            if (!Files.exists(privateFile) || !Files.exists(publicFile)) {
                var generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(KEY_BITS);
                var pair = generator.generateKeyPair();
                PrivateFiles.write(privateFile, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
                PrivateFiles.write(publicFile, pem("PUBLIC KEY", pair.getPublic().getEncoded()));
            }
            var base64 = PrivateFiles.read(privateFile).replaceAll("-----[A-Z ]+-----", "");
            var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
            var key = KeyFactory.getInstance("RSA").generatePrivate(encoded);
            return new TokenIssuer(key, publicFile, clock);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot use the key in " + privateFile, e);
        }
    }

    /// PEM file of the key that verifies the tokens.
    public Path publicKey() {
        return publicKey;
    }

    /// A token for the member, good for 30 days.
    public String tokenFor(Member member) {
        Instant now = clock.instant();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put("sub", member.uuid());
        claims.put("organization_uuid", member.organizationUuid());
        claims.put("role", member.role());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", now.plus(VALID).getEpochSecond());
        var signed = part(Map.of("alg", "RS256")) + "." + part(claims);
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64Url(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform signs with RSA", e);
        }
    }

    private static String part(Map<String, ?> json) {
        return base64Url(Json.write(json));
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String pem(String type, byte[] encoded) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(type, lines, type);
    }
}
