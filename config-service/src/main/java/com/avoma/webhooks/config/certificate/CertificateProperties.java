package com.avoma.webhooks.config.certificate;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// When admins are warned of certificates.
///
/// @param warnBefore how long before a receiver's certificate expires; earlier leaves more time to
///   renew it, and warns of those that renew themselves later
@ConfigurationProperties(prefix = "webhooks.certificates", ignoreUnknownFields = false)
public record CertificateProperties(@DefaultValue("14d") Duration warnBefore) {
    public CertificateProperties {
        if (!warnBefore.isPositive()) {
            throw new IllegalArgumentException("warn-before: " + warnBefore + " (expected: > 0)");
        }
    }
}
