package com.avoma.webhooks.config.matchpreview;

import com.avoma.webhooks.config.directory.DirectoryRepository;
import com.avoma.webhooks.config.setup.WebhookRepository;
import com.avoma.webhooks.config.webhook.WebhookReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The one way to preview a webhook.
@Configuration(proxyBeanMethods = false)
class MatchPreviewConfiguration {
    @Bean
    MatchPreviews matchPreviews(
            WebhookRepository webhooks,
            DirectoryRepository directory,
            PastEventRepository events,
            WebhookReader reader) {
        return new MatchPreviews(webhooks, directory, events, reader);
    }
}
