package com.avoma.webhooks.config.delivery;

import com.avoma.webhooks.config.deliverylog.DeliveryRepository;
import com.avoma.webhooks.config.directory.DirectoryRepository;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.server.firewall.ServerWebExchangeFirewall;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;

/// The one way to look into the delivery log, and leave to name any event in a path.
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {
    private static final String EVENTS = "/v1/events/";

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

    /// Producers give events what ids they like, `/` in them: below [#EVENTS] that may be in a
    /// path, encoded. It stays within its segment, by which paths are matched. No other path has
    /// reason to.
    @Bean
    ServerWebExchangeFirewall eventIdsInPaths() {
        var strict = new StrictServerWebExchangeFirewall();
        var ofEvents = new StrictServerWebExchangeFirewall();
        ofEvents.setAllowUrlEncodedSlash(true);
        ofEvents.setAllowUrlEncodedDoubleSlash(true);
        ofEvents.setAllowUrlEncodedPercent(true);
        ofEvents.setAllowBackSlash(true);
        ofEvents.setAllowSemicolon(true);
        return exchange ->
                exchange.getRequest().getPath().value().startsWith(EVENTS)
                        ? ofEvents.getFirewalledExchange(exchange)
                        : strict.getFirewalledExchange(exchange);
    }
}
