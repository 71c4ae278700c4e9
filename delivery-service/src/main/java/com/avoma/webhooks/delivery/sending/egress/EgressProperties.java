package com.avoma.webhooks.delivery.sending.egress;

import com.avoma.webhooks.common.egress.AddressPolicy;
import com.avoma.webhooks.common.egress.Network;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// `webhooks.delivery.egress`
///
/// @param allowedNetworks networks that receivers may be in although they are not public, as CIDR
///   blocks. Whatever is in them can be reached by every organization's webhooks
/// @param deniedNetworks networks that no webhook reaches, public or allowed as they may be
/// @param proxy a CONNECT proxy such as Smokescreen that every connection goes through, as
///   `http://host:port` or `http://user:password@host:port`; empty: none. The proxy then resolves
///   the receivers' names and must vet what it connects to, for this service no longer sees the
///   addresses; only hosts that are addresses themselves are still vetted here
public record EgressProperties(
        @DefaultValue List<String> allowedNetworks,
        @DefaultValue List<String> deniedNetworks,
        @DefaultValue("") String proxy) {
    public EgressProperties {
        allowedNetworks = List.copyOf(allowedNetworks);
        deniedNetworks = List.copyOf(deniedNetworks);
        // a misspelt network stops the start, not the first delivery
        allowedNetworks.forEach(Network::of);
        deniedNetworks.forEach(Network::of);
        if (!proxy.isEmpty()) {
            EgressProxy.of(proxy);
        }
    }

    public AddressPolicy policy() {
        return new AddressPolicy(
                allowedNetworks.stream().map(Network::of).toList(),
                deniedNetworks.stream().map(Network::of).toList());
    }

    /// The proxy, or null where connections are made directly.
    public @Nullable EgressProxy way() {
        return proxy.isEmpty() ? null : EgressProxy.of(proxy);
    }

    /// Without the proxy's credentials.
    @Override
    public String toString() {
        return "allowed " + allowedNetworks + ", denied " + deniedNetworks + ", proxy " + way();
    }
}
