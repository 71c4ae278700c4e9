package com.avoma.webhooks.common.signature;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// The two signatures that a receiver may verify, both HMAC-SHA256 with the secret's text in UTF-8
/// as the key. Pure functions; see `signature-vectors.json` for examples.
public final class Signatures {
    /// Carries [#avoma], one value only.
    public static final String AVOMA_HEADER = "X-Avoma-Signature";

    /// Carry [#standard] and the two values it is made over.
    public static final String ID_HEADER = "webhook-id";

    public static final String TIMESTAMP_HEADER = "webhook-timestamp";
    public static final String SIGNATURE_HEADER = "webhook-signature";

    private static final String ALGORITHM = "HmacSHA256";

    private Signatures() {}

    /// `X-Avoma-Signature`: 64 lower-case hex digits over the raw body and nothing else.
    public static String avoma(String secret, byte[] body) {
        return HexFormat.of().formatHex(mac(secret).doFinal(body));
    }

    /// One entry of `webhook-signature`: `v1,` and base64 over `id.timestamp.body`, as the Standard
    /// Webhooks specification has it.
    ///
    /// @param timestamp seconds since the epoch
    public static String standard(String secret, String id, long timestamp, byte[] body) {
        var mac = mac(secret);
        mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    }

    /// The secret in the form that Standard Webhooks libraries take: `whsec_` and base64.
    public static String standardSecret(String secret) {
        return "whsec_"
                + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
    }

    private static Mac mac(String secret) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
