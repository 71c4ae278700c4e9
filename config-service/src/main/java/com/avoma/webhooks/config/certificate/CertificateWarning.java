package com.avoma.webhooks.config.certificate;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Says when a receiver's certificate is about to expire.
public final class CertificateWarning {
    private CertificateWarning() {}

    /// A sentence, or null where there is time.
    ///
    /// @param ahead how long before the expiry it begins to be said
    public static @Nullable String of(@Nullable Instant expiresAt, Instant now, Duration ahead) {
        if (expiresAt == null || now.plus(ahead).isBefore(expiresAt)) {
            return null;
        }
        if (!now.isBefore(expiresAt)) {
            return "The receiver's certificate expired at %s: deliveries fail until it is renewed."
                    .formatted(expiresAt);
        }
        long days = Duration.between(now, expiresAt).toDays();
        return "The receiver's certificate expires at %s, %s: renew it before deliveries fail."
                .formatted(
                        expiresAt,
                        days == 0
                                ? "within a day"
                                : days == 1 ? "in a day" : "in " + days + " days");
    }
}
