package com.avoma.webhooks.config.redelivery;

import com.avoma.webhooks.config.change.OrganizationRepository;
import com.avoma.webhooks.config.delivery.AttemptRepository;
import com.avoma.webhooks.config.deliverylog.DeliveryRepository;
import com.avoma.webhooks.config.setup.WebhookRepository;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The one way to send a delivery again.
@Configuration(proxyBeanMethods = false)
class RedeliveryConfiguration {
    @Bean
    Redeliveries.Stored redeliveryStored(
            DeliveryRepository deliveries,
            AttemptRepository attempts,
            WebhookRepository webhooks,
            OrganizationRepository organizations) {
        return new Redeliveries.Stored(deliveries, attempts, webhooks, organizations);
    }

    @Bean
    Redeliveries redeliveries(
            Redeliveries.Stored stored,
            RedeliveryPublisher publisher,
            RedeliveryRepository repository,
            Clock clock) {
        return new Redeliveries(stored, publisher, repository, clock);
    }
}
