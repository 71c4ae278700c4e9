package com.avoma.webhooks.config.delivery;

import com.avoma.webhooks.config.deliverylog.DeliveryRepository;
import com.avoma.webhooks.config.directory.DirectoryRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;

/// The one way to look into the delivery log, and leave to name any event in a path.
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

    /// Producers give events what ids they like, `/` in them: that may be in a path, encoded. It
    /// stays within its segment, by which paths are matched.
    @Bean
    StrictServerWebExchangeFirewall eventIdsInPaths() {
        var firewall = new StrictServerWebExchangeFirewall();
        firewall.setAllowUrlEncodedSlash(true);
        firewall.setAllowUrlEncodedDoubleSlash(true);
        firewall.setAllowUrlEncodedPercent(true);
        firewall.setAllowSemicolon(true);
        return firewall;
    }
}
