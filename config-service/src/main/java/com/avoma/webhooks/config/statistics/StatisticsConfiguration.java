package com.avoma.webhooks.config.statistics;

import com.avoma.webhooks.config.certificate.CertificateProperties;
import com.avoma.webhooks.config.certificate.CertificateRepository;
import com.avoma.webhooks.config.setup.WebhookRepository;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The one way to add attempts up.
@Configuration(proxyBeanMethods = false)
class StatisticsConfiguration {
    @Bean
    StatisticsReader statisticsReader(
            WebhookRepository webhooks,
            StatisticsRepository statistics,
            CertificateRepository certificates,
            CertificateProperties properties,
            Clock clock) {
        return new StatisticsReader(webhooks, statistics, certificates, properties, clock);
    }
}
