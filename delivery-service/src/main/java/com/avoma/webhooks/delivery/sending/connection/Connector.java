package com.avoma.webhooks.delivery.sending.connection;

import com.avoma.webhooks.delivery.sending.egress.AddressGuard;
import com.avoma.webhooks.delivery.sending.egress.EgressProxy;
import com.avoma.webhooks.delivery.sending.tls.TlsClient;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What every new connection is made with. The [AddressGuard] says where to; TLS knows and verifies
/// the name. Thread-safe.
public final class Connector {
    private final AddressGuard guard;
    private final TlsClient tls;
    private final Transport transport;
    private final Duration connectTimeout;

    /// @param connectTimeout for TCP to one address, and for a proxy's answer
    public Connector(
            AddressGuard guard, TlsClient tls, Transport transport, Duration connectTimeout) {
        this.guard = guard;
        this.tls = tls;
        this.transport = transport;
        this.connectTimeout = connectTimeout;
    }

    /// Opens a connection for a conversation and tells it of each step.
    void open(
            Conversation conversation,
            EventLoop loop,
            ConnectionPool pool,
            Consumer<Opening.Opened> then) {
        var opening = new Opening(this, conversation, loop, pool, then);
        conversation.opening(opening);
        guard.find(conversation.route().origin(), loop, opening::ruled);
    }

    ChannelFuture connect(EventLoop loop, InetSocketAddress address, ChannelHandler first) {
        return new Bootstrap()
                .group(loop)
                .channelFactory(transport.channels())
                .disableResolver()
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(connectTimeout.toMillis()))
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(first)
                .connect(address);
    }

    SslHandler tls(Channel channel, Route route) {
        return tls.handler(channel.alloc(), route.origin(), route.identity());
    }

    @Nullable EgressProxy proxy() {
        return guard.proxy();
    }

    Duration connectTimeout() {
        return connectTimeout;
    }
}
