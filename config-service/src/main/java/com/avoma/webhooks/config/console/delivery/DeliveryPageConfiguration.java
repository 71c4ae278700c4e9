package com.avoma.webhooks.config.console.delivery;

import com.avoma.webhooks.config.webhook.WebhookEditor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the pages of deliveries share.
@Configuration(proxyBeanMethods = false)
class DeliveryPageConfiguration {
    @Bean
    WebhookNames webhookNames(WebhookEditor webhooks) {
        return new WebhookNames(webhooks);
    }
}
