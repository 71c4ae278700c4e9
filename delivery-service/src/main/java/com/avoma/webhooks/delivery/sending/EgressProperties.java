package com.avoma.webhooks.delivery.sending;

import com.avoma.webhooks.common.egress.AddressPolicy;
import com.avoma.webhooks.common.egress.Network;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// `webhooks.delivery.egress`
///
/// @param allowedNetworks networks that receivers may be in although they are not public, as CIDR
///   blocks. Whatever is in them can be reached by every organization's webhooks
/// @param deniedNetworks networks that no webhook reaches, public or allowed as they may be
public record EgressProperties(
        @DefaultValue List<String> allowedNetworks, @DefaultValue List<String> deniedNetworks) {
    public EgressProperties {
        allowedNetworks = List.copyOf(allowedNetworks);
        deniedNetworks = List.copyOf(deniedNetworks);
        // a misspelt network stops the start, not the first delivery
        allowedNetworks.forEach(Network::of);
        deniedNetworks.forEach(Network::of);
    }

    public AddressPolicy policy() {
        return new AddressPolicy(
                allowedNetworks.stream().map(Network::of).toList(),
                deniedNetworks.stream().map(Network::of).toList());
    }
}
