package com.avoma.webhooks.delivery.signing;

import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.common.signature.Signatures;
import com.avoma.webhooks.common.signature.SigningKey;
import com.avoma.webhooks.delivery.sending.Request.Header;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes the headers of one attempt: `webhook-id`, `webhook-timestamp`, and where the organization
/// has a secret, both signatures. `X-Avoma-Signature` is one value, by the newest secret;
/// `webhook-signature` has one entry for each secret that still signs, newest first. Pure.
public final class Signer {
    private Signer() {}

    /// A signing secret, ready to sign.
    ///
    /// @param until when it no longer signs; null: it does as long as it is there
    public record Secret(SigningKey key, @Nullable Instant until) {
        /// @param text the secret in the clear
        public Secret(String text, @Nullable Instant until) {
            this(SigningKey.of(text), until);
        }

        boolean signsAt(Instant now) {
            return until == null || now.isBefore(until);
        }

        @Override
        public String toString() {
            return "secret until " + until;
        }
    }

    /// @param secrets newest first; empty: nothing is signed
    /// @param now when the attempt is made
    public static List<Header> sign(
            String messageId, Instant now, Payload body, List<Secret> secrets) {
        long timestamp = now.getEpochSecond();
        byte[] bytes = body.bytes();
        String avoma = null;
        String standard = null;
        for (var secret : secrets) {
            if (secret.signsAt(now)) {
                var entry = secret.key().standard(messageId, timestamp, bytes);
                standard = standard == null ? entry : standard + " " + entry;
                avoma = avoma == null ? secret.key().avoma(bytes) : avoma;
            }
        }
        List<Header> headers = new ArrayList<>(4);
        if (avoma != null) {
            headers.add(new Header(Signatures.AVOMA_HEADER, avoma));
        }
        headers.add(new Header(Signatures.ID_HEADER, messageId));
        headers.add(new Header(Signatures.TIMESTAMP_HEADER, Long.toString(timestamp)));
        if (standard != null) {
            headers.add(new Header(Signatures.SIGNATURE_HEADER, standard));
        }
        return headers;
    }
}
