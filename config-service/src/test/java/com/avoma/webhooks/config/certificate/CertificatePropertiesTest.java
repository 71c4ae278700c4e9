package com.avoma.webhooks.config.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.BoundProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CertificatePropertiesTest {
    private static final String PREFIX = "webhooks.certificates";

    @Test
    void warnsTwoWeeksAheadOrAsIsSaid() {
        assertThat(BoundProperties.of(CertificateProperties.class, PREFIX).warnBefore())
                .isEqualTo(Duration.ofDays(14));
        assertThat(
                        BoundProperties.of(CertificateProperties.class, PREFIX, "warn-before", "3d")
                                .warnBefore())
                .isEqualTo(Duration.ofDays(3));
    }

    @Test
    void refusesToWarnTooLate() {
        assertThat(
                        BoundProperties.refusal(
                                CertificateProperties.class, PREFIX, "warn-before", "0s"))
                .isEqualTo("warn-before: PT0S (expected: > 0)");
    }
}
