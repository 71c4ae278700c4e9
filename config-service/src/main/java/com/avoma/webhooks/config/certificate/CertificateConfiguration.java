package com.avoma.webhooks.config.certificate;

import com.avoma.webhooks.config.housekeeping.HousekeepingProperties;
import com.avoma.webhooks.config.housekeeping.Sweep;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Looks for certificates that expire soon as often as for rows whose time is over.
@Configuration(proxyBeanMethods = false)
class CertificateConfiguration {
    @Bean(destroyMethod = "close")
    @DependsOnDatabaseInitialization
    Sweep certificateNotices(
            CertificateRepository certificates, HousekeepingProperties housekeeping) {
        return new Sweep("certificates", housekeeping.interval(), certificates::tell);
    }
}
