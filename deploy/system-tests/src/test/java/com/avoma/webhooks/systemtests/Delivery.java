package com.avoma.webhooks.systemtests;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.net.http.HttpHeaders;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// One request as a receiver got it, and the receiver's own checks of it: written from the guide,
/// with nothing of the sender's code.
///
/// @param headers by name, whatever the case
record Delivery(
        String method, String path, Map<String, List<String>> headers, byte[] body, Instant at) {

    /// The only value of a header; null where it is absent.
    String header(String name) {
        var values = headers.get(name);
        if (values != null && values.size() > 1) {
            throw new AssertionError(name + " came " + values.size() + " times");
        }
        return values == null ? null : values.getFirst();
    }

    String text() {
        return new String(body, UTF_8);
    }

    /// Whether `X-Avoma-Signature` is the HMAC of the raw body, as the guide says to check it.
    boolean avomaSignatureIsValid(String secret) {
        var given = header("X-Avoma-Signature");
        return given != null
                && MessageDigest.isEqual(given.getBytes(UTF_8), hmac(secret).getBytes(UTF_8));
    }

    /// Whether the library of Standard Webhooks takes the request.
    boolean standardSignatureIsValid(String secret) {
        var key = "whsec_" + Base64.getEncoder().encodeToString(secret.getBytes(UTF_8));
        try {
            new Webhook(key).verify(text(), HttpHeaders.of(headers, (_, _) -> true));
            return true;
        } catch (WebhookVerificationException e) {
            return false;
        } catch (EmptyWebhookSecretException e) {
            throw new IllegalArgumentException("no secret to verify with", e);
        }
    }

    private String hmac(String secret) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
