package com.avoma.webhooks.config.certificate;

import com.avoma.webhooks.config.housekeeping.CountMetrics;
import com.avoma.webhooks.config.housekeeping.HousekeepingProperties;
import com.avoma.webhooks.config.housekeeping.Sweep;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Looks for certificates that expire soon as often as for rows whose time is over.
@Configuration(proxyBeanMethods = false)
class CertificateConfiguration {
    private static final Duration COUNTED_EVERY = Duration.ofMinutes(1);

    @Bean(destroyMethod = "close")
    @DependsOnDatabaseInitialization
    Sweep certificateNotices(
            CertificateRepository certificates, HousekeepingProperties housekeeping) {
        return new Sweep("certificates", housekeeping.interval(), certificates::tell);
    }

    /// `webhooks_expiring_certificates`.
    @Bean(destroyMethod = "close")
    @DependsOnDatabaseInitialization
    CountMetrics expiringCertificates(CertificateRepository certificates, MeterRegistry registry) {
        return new CountMetrics(
                registry,
                "webhooks.expiring.certificates",
                "Active webhooks whose receiver's certificate expires soon",
                COUNTED_EVERY,
                certificates::countExpiring);
    }
}
