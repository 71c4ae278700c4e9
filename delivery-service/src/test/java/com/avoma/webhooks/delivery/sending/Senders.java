package com.avoma.webhooks.delivery.sending;

import com.avoma.webhooks.common.egress.AddressPolicy;
import com.avoma.webhooks.common.egress.Network;
import com.avoma.webhooks.delivery.receiver.Authority;
import com.avoma.webhooks.delivery.sending.connection.Connector;
import com.avoma.webhooks.delivery.sending.connection.Transport;
import com.avoma.webhooks.delivery.sending.egress.AddressGuard;
import com.avoma.webhooks.delivery.sending.egress.EgressProxy;
import com.avoma.webhooks.delivery.sending.tls.TlsClient;
import io.netty.resolver.AddressResolverGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes senders for tests: receivers on this machine are permitted.
final class Senders {
    static final AddressPolicy LOOPBACK =
            new AddressPolicy(List.of(Network.of("127.0.0.0/8"), Network.of("::1/128")), List.of());

    private Senders() {}

    static HttpSender trusting(Authority authority, Duration limit) throws Exception {
        return with(authority, limit, new FixedResolvers("127.0.0.1"), null);
    }

    static HttpSender with(
            Authority authority,
            Duration limit,
            AddressResolverGroup<InetSocketAddress> resolvers,
            @Nullable EgressProxy proxy)
            throws Exception {
        var transport = Transport.ofPlatform();
        var connector =
                new Connector(
                        new AddressGuard(resolvers, LOOPBACK, proxy),
                        TlsClient.trusting(authority.trust()),
                        transport,
                        Duration.ofSeconds(5));
        return new HttpSender(
                transport.loops(),
                connector,
                new HttpSender.Limits(limit, 1024),
                InstantSource.system(),
                "Avoma-Webhooks/test");
    }
}
