package com.avoma.webhooks.config.testsend;

import com.avoma.webhooks.config.audit.AuditRepository;
import com.avoma.webhooks.config.change.OrganizationRepository;
import com.avoma.webhooks.config.idempotency.IdempotencyRepository;
import com.avoma.webhooks.config.setup.WebhookRepository;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The one way to send a test.
@Configuration(proxyBeanMethods = false)
class TestSendConfiguration {
    @Bean
    TestSends testSends(
            WebhookRepository webhooks,
            OrganizationRepository organizations,
            AuditRepository audit,
            IdempotencyRepository answers,
            TestSender sender,
            Clock clock) {
        return new TestSends(
                new TestSends.Stored(webhooks, organizations),
                new TestSends.Trail(audit, answers),
                sender,
                clock);
    }
}
