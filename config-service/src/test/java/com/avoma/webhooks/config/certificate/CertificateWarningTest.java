package com.avoma.webhooks.config.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CertificateWarningTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void saysNothingWhileThereIsTimeOrNoCertificateWasSeen() {
        assertThat(warning(null)).isNull();
        assertThat(warning(NOON.plus(Duration.ofDays(15)))).isNull();
    }

    @Test
    void saysHowLongThereIs() {
        assertThat(warning(NOON.plus(Duration.ofDays(14))))
                .contains("expires at 2026-03-15T12:00:00Z, in 14 days");
        assertThat(warning(NOON.plus(Duration.ofHours(30)))).contains(", in a day:");
        assertThat(warning(NOON.plus(Duration.ofHours(3)))).contains(", within a day:");
    }

    @Test
    void saysThatItIsTooLate() {
        assertThat(warning(NOON)).contains("expired at 2026-03-01T12:00:00Z");
    }

    private static @Nullable String warning(@Nullable Instant expiry) {
        return CertificateWarning.of(expiry, NOON, Duration.ofDays(14));
    }
}
