package com.avoma.webhooks.config.idempotency;

import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.RefusedException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A request that is to be made once, however often it comes. Keys are each caller's own, so that
/// nobody is shown the answer to another's request.
public final class IdempotentRequest {
    private static final String HEADER = "Idempotency-Key";
    private static final Pattern KEY = Pattern.compile("[\\x20-\\x7e]{1,255}");

    private final Caller caller;
    private final String key;
    private final byte[] fingerprint;

    private IdempotentRequest(Caller caller, String key, byte[] fingerprint) {
        this.caller = caller;
        this.key = key;
        this.fingerprint = fingerprint;
    }

    /// Reads the header; null where there is none.
    ///
    /// @param operation the method and path; with the body it makes the request the same or another
    /// @throws RefusedException with 400 where it is no key
    public static @Nullable IdempotentRequest of(
            Caller caller, @Nullable String header, String operation, byte @Nullable [] body) {
        if (header == null) {
            return null;
        }
        if (header.isBlank() || !KEY.matcher(header).matches()) {
            throw RefusedException.invalid(HEADER, "must be 1 to 255 printable ASCII characters");
        }
        return new IdempotentRequest(caller, header, digest(operation, body));
    }

    UUID organization() {
        return caller.organization();
    }

    String actor() {
        return caller.actor();
    }

    String key() {
        return key;
    }

    /// SHA-256 of the operation and the body's bytes.
    byte[] fingerprint() {
        return fingerprint.clone();
    }

    private static byte[] digest(String operation, byte @Nullable [] body) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(operation.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return digest.digest(body == null ? new byte[0] : body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
