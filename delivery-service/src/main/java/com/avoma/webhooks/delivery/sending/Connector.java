package com.avoma.webhooks.delivery.sending;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.egress.AddressPolicy;
import com.avoma.webhooks.common.egress.AddressPolicy.Ruling;
import com.avoma.webhooks.common.egress.HostLiteral;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Opens connections, and guards which: a name is looked up once, each of its addresses is judged
/// by the [AddressPolicy], and the connection is made to precisely one of those that were
/// permitted; there is no second look-up. Where a name has permitted and refused addresses, the
/// permitted ones are used: the guarantee is about what is connected to. TLS knows and verifies the
/// name.
public final class Connector {
    static final AttributeKey<Long> OPENED = AttributeKey.valueOf(Connector.class, "opened");

    private static final int LONGEST_STATUS_LINE = 4096;
    private static final int LONGEST_HEADERS = 32 * 1024;
    private static final int MOST_ADDRESSES = 4;

    private final AddressResolverGroup<InetSocketAddress> resolvers;
    private final AddressPolicy policy;
    private final SslContext tls;
    private final Transport transport;
    private final Duration connectTimeout;

    public Connector(
            AddressResolverGroup<InetSocketAddress> resolvers,
            AddressPolicy policy,
            SslContext tls,
            Transport transport,
            Duration connectTimeout) {
        this.resolvers = resolvers;
        this.policy = policy;
        this.tls = tls;
        this.transport = transport;
        this.connectTimeout = connectTimeout;
    }

    /// Opens a connection for an exchange and tells it of each step, on the exchange's event loop.
    void open(Exchange exchange) {
        switch (HostLiteral.of(exchange.target().host())) {
            case HostLiteral.Refused(var rule) ->
                    exchange.failed(
                            Failure.BLOCKED_ADDRESS, "The target's host is refused: " + rule);
            case HostLiteral.Address(var address) -> vet(exchange, List.of(address));
            case HostLiteral.Name(var name) -> resolve(exchange, name);
        }
    }

    private void resolve(Exchange exchange, String name) {
        var unresolved = InetSocketAddress.createUnresolved(name, exchange.target().port());
        resolvers
                .getResolver(exchange.loop())
                .resolveAll(unresolved)
                .addListener((Future<List<InetSocketAddress>> found) ->
                        exchange.loop().execute(() -> resolved(exchange, found)));
    }

    private void resolved(Exchange exchange, Future<List<InetSocketAddress>> found) {
        if (exchange.isDone()) {
            return;
        }
        exchange.resolved();
        if (!found.isSuccess()) {
            exchange.failed(Failure.DNS, "The target's host name could not be resolved");
            return;
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (var address : found.getNow()) {
            addresses.add(address.getAddress());
        }
        vet(exchange, addresses);
    }

    private void vet(Exchange exchange, List<InetAddress> candidates) {
        List<InetAddress> permitted = new ArrayList<>();
        var refusal = "no address";
        for (var address : candidates) {
            switch (policy.judge(address)) {
                case Ruling.Permitted _ -> permitted.add(address);
                case Ruling.Refused(var rule) ->
                        refusal = address.getHostAddress() + " is refused: " + rule;
            }
        }
        if (permitted.isEmpty()) {
            exchange.failed(
                    Failure.BLOCKED_ADDRESS, "The target's address is not permitted: " + refusal);
        } else {
            connect(exchange, permitted, 0);
        }
    }

    private void connect(Exchange exchange, List<InetAddress> permitted, int index) {
        var address = new InetSocketAddress(permitted.get(index), exchange.target().port());
        var connecting =
                new Bootstrap()
                        .group(exchange.loop())
                        .channelFactory(transport.channels())
                        .disableResolver()
                        .option(
                                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                                Math.toIntExact(connectTimeout.toMillis()))
                        .option(ChannelOption.TCP_NODELAY, true)
                        .handler(new Pipeline(exchange.target()))
                        .connect(address);
        exchange.connecting(connecting.channel());
        connecting.addListener(
                (ChannelFuture connected) -> connected(exchange, permitted, index, connected));
    }

    private void connected(
            Exchange exchange, List<InetAddress> permitted, int index, ChannelFuture connected) {
        if (exchange.isDone()) {
            connected.channel().close();
        } else if (connected.isSuccess()) {
            exchange.connected();
            secure(exchange, connected.channel());
        } else if (index + 1 < Math.min(permitted.size(), MOST_ADDRESSES)) {
            connect(exchange, permitted, index + 1);
        } else if (connected.cause() instanceof ConnectTimeoutException) {
            exchange.failed(
                    Failure.TIMEOUT, "No connection within " + connectTimeout.toMillis() + " ms");
        } else {
            exchange.failed(Failure.CONNECT, "The connection was refused or has no route");
        }
    }

    private static void secure(Exchange exchange, Channel channel) {
        channel.attr(OPENED).set(System.nanoTime());
        channel.pipeline()
                .get(io.netty.handler.ssl.SslHandler.class)
                .handshakeFuture()
                .addListener((Future<Channel> handshake) -> {
                    if (handshake.isSuccess()) {
                        exchange.secured(channel);
                    } else {
                        exchange.failed(Failure.TLS, TlsClient.sentence(handshake.cause()));
                    }
                });
    }

    /// TLS, HTTP/1.1, and the handler that gives what comes in to the exchange of the moment.
    private final class Pipeline extends ChannelInitializer<Channel> {
        private final Target target;

        Pipeline(Target target) {
            this.target = target;
        }

        @Override
        protected void initChannel(Channel channel) {
            var handler = tls.newHandler(channel.alloc(), target.serverName(), target.port());
            // the attempt's own deadline holds
            handler.setHandshakeTimeoutMillis(0);
            channel.pipeline()
                    .addLast(handler)
                    .addLast(
                            new HttpClientCodec(
                                    new HttpDecoderConfig()
                                            .setMaxInitialLineLength(LONGEST_STATUS_LINE)
                                            .setMaxHeaderSize(LONGEST_HEADERS),
                                    false,
                                    false))
                    .addLast(new ExchangeHandler());
        }
    }
}
