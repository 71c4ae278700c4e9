package com.avoma.webhooks.config.certificate;

import com.avoma.webhooks.config.housekeeping.CountMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.stereotype.Component;

/// `webhooks_expiring_certificates`: of all organizations, counted every minute.
@Component
@DependsOnDatabaseInitialization
class CertificateMetrics {
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final CountMetrics expiring;

    CertificateMetrics(CertificateRepository certificates, MeterRegistry registry) {
        expiring =
                new CountMetrics(
                        registry,
                        "webhooks.expiring.certificates",
                        "Active webhooks whose receiver's certificate expires soon",
                        INTERVAL,
                        certificates::countExpiring);
    }

    @PreDestroy
    void stop() {
        expiring.close();
    }
}
