package com.avoma.webhooks.delivery.signing;

import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.common.signature.Signatures;
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

    /// A signing secret in the clear, for as long as an attempt takes.
    ///
    /// @param until when it no longer signs; null: it does as long as it is there
    public record Secret(String text, @Nullable Instant until) {
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
        List<Header> headers = new ArrayList<>(4);
        var signing = secrets.stream().filter(secret -> secret.signsAt(now)).toList();
        if (!signing.isEmpty()) {
            headers.add(
                    new Header(
                            Signatures.AVOMA_HEADER,
                            Signatures.avoma(signing.getFirst().text(), body.bytes())));
        }
        headers.add(new Header(Signatures.ID_HEADER, messageId));
        headers.add(new Header(Signatures.TIMESTAMP_HEADER, Long.toString(timestamp)));
        if (!signing.isEmpty()) {
            List<String> entries = new ArrayList<>(signing.size());
            for (var secret : signing) {
                entries.add(Signatures.standard(secret.text(), messageId, timestamp, body.bytes()));
            }
            headers.add(new Header(Signatures.SIGNATURE_HEADER, String.join(" ", entries)));
        }
        return headers;
    }
}
