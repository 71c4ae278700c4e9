package com.avoma.webhooks.config.secret;

import com.avoma.webhooks.common.secret.Purpose;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot.SigningSecret;
import com.avoma.webhooks.config.setup.OrganizationSetup;
import com.avoma.webhooks.config.web.JsonBody;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The rules of signing secrets: what one may be, and what a new one does to the old one. Without
/// an overlap the old one ends at once.
final class SigningSecrets {
    private static final String FIELD = "signing_secret";
    private static final Pattern CUSTOM =
            Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{14,126}[\\x21-\\x7e])");
    private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);
    private static final int RANDOM_BYTES = 32;

    private final SecretCipher cipher;
    private final SecureRandom random;

    SigningSecrets(SecretCipher cipher, SecureRandom random) {
        this.cipher = cipher;
        this.random = random;
    }

    /// A custom secret out of a request, `""` for none.
    ///
    /// @throws com.avoma.webhooks.config.web.RefusedException where it is not a usable one
    static String custom(byte @Nullable [] json) {
        var body = JsonBody.parse(json, Set.of(FIELD), Set.of());
        var secret = body.text(FIELD);
        if (secret == null) {
            if (!body.has(FIELD) || body.isNull(FIELD)) {
                body.refuse(FIELD, "is required; \"\" means none");
            }
        } else if (!secret.isEmpty() && !CUSTOM.matcher(secret).matches()) {
            body.refuse(
                    FIELD,
                    "must be 16 to 128 printable ASCII characters, with no space at either end;"
                            + " \"\" means none");
        }
        body.orRefuse();
        return secret == null ? "" : secret;
    }

    /// For how long the old secret still signs, out of a request for rotation.
    ///
    /// @throws com.avoma.webhooks.config.web.RefusedException where it is no such duration
    static Duration overlap(byte @Nullable [] json) {
        var body = JsonBody.parse(json, Set.of("overlap"), Set.of());
        var text = body.text("overlap");
        var overlap = Duration.ZERO;
        if (text != null) {
            try {
                overlap = Duration.parse(text);
                if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
                    body.refuse("overlap", "must be from PT0S to P30D");
                }
            } catch (DateTimeException | ArithmeticException _) {
                body.refuse("overlap", "must be an ISO 8601 duration, like PT24H or P7D");
            }
        }
        body.orRefuse();
        return overlap;
    }

    /// A random one: 64 lower-case hex digits.
    String generate() {
        var bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// The secret in use, `""` where there is none.
    String reveal(UUID organization, List<SigningSecret> secrets) {
        return secrets.isEmpty()
                ? ""
                : cipher.open(secrets.getFirst().text(), organization, Purpose.SIGNING_SECRET);
    }

    /// With this secret as the newest, or with none where it is empty.
    OrganizationSetup replace(
            OrganizationSetup setup, String secret, Duration overlap, Instant now) {
        List<SigningSecret> secrets = new ArrayList<>();
        if (!secret.isEmpty()) {
            var sealed = cipher.seal(secret, setup.organization(), Purpose.SIGNING_SECRET);
            secrets.add(new SigningSecret(sealed, null));
            if (overlap.isPositive() && !setup.signingSecrets().isEmpty()) {
                var old = setup.signingSecrets().getFirst();
                secrets.add(new SigningSecret(old.text(), now.plus(overlap)));
            }
        }
        return setup.withSigningSecrets(secrets);
    }
}
