package com.avoma.webhooks.common.signature;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The two signatures that a receiver may verify, both HMAC-SHA256 with the secret's text in UTF-8
/// as the key. Pure functions; see `signature-vectors.json` for examples. Whoever signs more than
/// once keeps a [SigningKey].
public final class Signatures {
    /// Carries [#avoma], one value only.
    public static final String AVOMA_HEADER = "X-Avoma-Signature";

    /// Carry [#standard] and the two values it is made over.
    public static final String ID_HEADER = "webhook-id";

    public static final String TIMESTAMP_HEADER = "webhook-timestamp";
    public static final String SIGNATURE_HEADER = "webhook-signature";

    private Signatures() {}

    /// `X-Avoma-Signature`: 64 lower-case hex digits over the raw body and nothing else.
    public static String avoma(String secret, byte[] body) {
        return SigningKey.of(secret).avoma(body);
    }

    /// One entry of `webhook-signature`: `v1,` and base64 over `id.timestamp.body`, as the Standard
    /// Webhooks specification has it.
    ///
    /// @param timestamp seconds since the epoch
    public static String standard(String secret, String id, long timestamp, byte[] body) {
        return SigningKey.of(secret).standard(id, timestamp, body);
    }

    /// The secret in the form that Standard Webhooks libraries take: `whsec_` and base64.
    public static String standardSecret(String secret) {
        return "whsec_"
                + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    }
}
