package com.avoma.webhooks.config.delivery;

import com.avoma.webhooks.config.deliverylog.DeliveryRepository;
import com.avoma.webhooks.config.directory.DirectoryRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The one way to look into the delivery log.
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {
    @Bean
    DeliveryReader deliveryReader(
            DeliveryPageRepository pages,
            DeliveryRepository deliveries,
            AttemptRepository attempts,
            BodyClient bodies,
            DecisionRepository decisions,
            DirectoryRepository directory) {
        return new DeliveryReader(pages, deliveries, attempts, bodies, decisions, directory);
    }
}
