package com.avoma.webhooks.config.webhook;

import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.config.change.SetupEditor;
import com.avoma.webhooks.config.directory.DirectoryRepository;
import com.avoma.webhooks.config.plan.PlanLimits;
import com.avoma.webhooks.config.receiver.EgressProperties;
import com.avoma.webhooks.config.setup.WebhookRepository;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The plain parts that webhooks are made with.
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {
    @Bean
    WebhookReader webhookReader(LimitProperties limits, EgressProperties egress, Clock clock) {
        return new WebhookReader(limits, egress.policy(), clock);
    }

    @Bean
    WebhookBook webhookBook(PlanLimits limits, SecretCipher cipher, LimitProperties properties) {
        return new WebhookBook(limits, cipher, properties);
    }

    @Bean
    WebhookEditor webhookEditor(
            WebhookEditor.Stored stored,
            SetupEditor setups,
            WebhookReader reader,
            WebhookBook book,
            Clock clock) {
        return new WebhookEditor(stored, setups, reader, book, clock);
    }

    @Bean
    WebhookEditor.Stored storedWebhooks(WebhookRepository webhooks, DirectoryRepository directory) {
        return new WebhookEditor.Stored(webhooks, directory);
    }
}
