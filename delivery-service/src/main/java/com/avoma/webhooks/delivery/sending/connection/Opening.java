package com.avoma.webhooks.delivery.sending.connection;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.delivery.sending.egress.AddressGuard.Ruling;
import com.avoma.webhooks.delivery.sending.egress.EgressProxy;
import com.avoma.webhooks.delivery.sending.egress.ProxyTunnel;
import com.avoma.webhooks.delivery.sending.tls.TlsFault;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// The steps to a new connection: addresses, TCP to one of them, a tunnel where there is a proxy,
/// TLS, and the version of HTTP that was agreed on. On one event loop.
public final class Opening {
    private static final int MOST_ADDRESSES = 4;

    private final Connector connector;
    private final Conversation conversation;
    private final EventLoop loop;
    private final ConnectionPool pool;
    private final Consumer<Opened> then;
    private List<InetSocketAddress> addresses = List.of();
    private @Nullable Channel channel;
    private boolean over;

    /// What came of it.
    sealed interface Opened {
        record Open(Connection connection) implements Opened {}

        record Failed(Failure failure, String detail) implements Opened {}
    }

    /// @param then called once
    Opening(
            Connector connector,
            Conversation conversation,
            EventLoop loop,
            ConnectionPool pool,
            Consumer<Opened> then) {
        this.connector = connector;
        this.conversation = conversation;
        this.loop = loop;
        this.pool = pool;
        this.then = then;
    }

    /// Nobody needs the connection any more.
    public void abandon() {
        fail(Failure.TIMEOUT, "given up");
    }

    void ruled(Ruling ruling) {
        if (over) {
            return;
        }
        switch (ruling) {
            case Ruling.Refused(var failure, var detail) -> fail(failure, detail);
            case Ruling.Permitted(var found, boolean lookedUp) -> {
                conversation.resolved(lookedUp);
                addresses = found;
                connect(0);
            }
        }
    }

    private void connect(int index) {
        var proxy = connector.proxy();
        var first =
                proxy == null
                        ? new ChannelInboundHandlerAdapter()
                        : new ProxyTunnel(
                                conversation.route().origin(),
                                proxy,
                                connector.connectTimeout(),
                                new Tunnel());
        var connecting = connector.connect(loop, addresses.get(index), first);
        channel = connecting.channel();
        connecting.addListener((ChannelFuture connected) -> connected(index, connected));
    }

    private void connected(int index, ChannelFuture connected) {
        if (over) {
            connected.channel().close();
        } else if (connected.isSuccess()) {
            if (connector.proxy() == null) {
                secure(connected.channel());
            }
        } else if (index + 1 < Math.min(addresses.size(), MOST_ADDRESSES)) {
            connect(index + 1);
        } else {
            refused(connector.proxy(), connected.cause());
        }
    }

    private void refused(@Nullable EgressProxy proxy, Throwable cause) {
        var to = proxy == null ? "" : " to the egress proxy";
        if (cause instanceof ConnectTimeoutException) {
            fail(
                    Failure.TIMEOUT,
                    "No connection"
                            + to
                            + " within "
                            + connector.connectTimeout().toMillis()
                            + " ms");
        } else {
            fail(Failure.CONNECT, "The connection" + to + " was refused or has no route");
        }
    }

    private void secure(Channel open) {
        conversation.connected();
        try {
            var handler = connector.tls(open, conversation.route());
            open.pipeline().addLast(handler, new Secured(handler));
        } catch (IllegalArgumentException _) {
            fail(Failure.TLS, "The webhook's client certificate and key are not usable");
        }
    }

    private void secured(Channel open, SslHandler handler) {
        if (over) {
            open.close();
            return;
        }
        over = true;
        conversation.secured(expiry(handler));
        boolean multiplexed = ApplicationProtocolNames.HTTP_2.equals(handler.applicationProtocol());
        var route = conversation.route();
        then.accept(
                new Opened.Open(
                        multiplexed
                                ? new MultiplexedConnection(open, route, pool)
                                : new SequentialConnection(open, route, pool)));
    }

    private static @Nullable Instant expiry(SslHandler handler) {
        try {
            var chain = handler.engine().getSession().getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate certificate
                    ? certificate.getNotAfter().toInstant()
                    : null;
        } catch (SSLPeerUnverifiedException _) {
            // a resumed session that kept no chain
            return null;
        }
    }

    private void fail(Failure failure, String detail) {
        if (over) {
            return;
        }
        over = true;
        if (channel != null) {
            channel.close();
        }
        then.accept(new Opened.Failed(failure, detail));
    }

    /// Hears from the proxy.
    private final class Tunnel implements ProxyTunnel.Waiting {
        @Override
        public void open() {
            if (!over && channel != null) {
                secure(channel);
            }
        }

        @Override
        public void refused(Failure failure, String detail) {
            fail(failure, detail);
        }
    }

    /// Hears of the handshake's end, before anything that the receiver says in it.
    private final class Secured extends ChannelInboundHandlerAdapter {
        private final SslHandler handler;

        Secured(SslHandler handler) {
            this.handler = handler;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
                context.fireUserEventTriggered(event);
            } else if (handshake.isSuccess()) {
                secured(context.channel(), handler);
                context.pipeline().remove(this);
            } else {
                broken(handshake.cause());
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            broken(null);
            context.fireChannelInactive();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            broken(cause);
            context.close();
        }

        private void broken(@Nullable Throwable cause) {
            if (!over) {
                // a session that did not resume must not be tried again
                handler.engine().getSession().invalidate();
                fail(Failure.TLS, TlsFault.sentence(cause));
            }
        }
    }
}
