package com.avoma.webhooks.config.receiver;

import com.avoma.webhooks.common.egress.AddressPolicy;
import com.avoma.webhooks.common.egress.Network;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Which addresses a target URL may have. The keys are delivery-service's, and so should the values
/// be: an address that it will not connect to is refused when the webhook is made.
///
/// @param allowedNetworks networks that receivers may be in although they are not public, as CIDR
///   blocks. Whatever is in them can be reached by every organization's webhooks
/// @param deniedNetworks networks that no webhook reaches, public or allowed as they may be
@ConfigurationProperties(prefix = "webhooks.delivery.egress", ignoreUnknownFields = false)
public record EgressProperties(
        @DefaultValue List<String> allowedNetworks, @DefaultValue List<String> deniedNetworks) {
    public EgressProperties {
        allowedNetworks = List.copyOf(allowedNetworks);
        deniedNetworks = List.copyOf(deniedNetworks);
        // a misspelt network stops the start
        allowedNetworks.forEach(Network::of);
        deniedNetworks.forEach(Network::of);
    }

    public AddressPolicy policy() {
        return new AddressPolicy(
                allowedNetworks.stream().map(Network::of).toList(),
                deniedNetworks.stream().map(Network::of).toList());
    }
}
