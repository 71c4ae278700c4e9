package com.avoma.webhooks.delivery.sending.egress;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks a proxy for a tunnel to an origin, first thing on a new connection, and takes itself out of
/// the way once the proxy agrees. Names are the proxy's to look up. A proxy that refuses with 403
/// or 407 (which is how Smokescreen says that an address is denied) blocks the address; any other
/// answer is a connection that could not be made.
public final class ProxyTunnel extends SimpleChannelInboundHandler<HttpObject> {
    private static final String CODEC = "proxy-codec";
    private static final int LONGEST_LINE = 4096;
    private static final int LONGEST_HEADERS = 16 * 1024;

    private final Origin origin;
    private final EgressProxy proxy;
    private final Duration limit;
    private final Waiting waiting;
    private boolean agreed;
    private boolean over;

    /// Who waits for the tunnel. One of the two is called, once.
    public interface Waiting {
        void open();

        void refused(Failure failure, String detail);
    }

    /// @param limit how long the proxy may take to answer
    public ProxyTunnel(Origin origin, EgressProxy proxy, Duration limit, Waiting waiting) {
        this.origin = origin;
        this.proxy = proxy;
        this.limit = limit;
        this.waiting = waiting;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.pipeline()
                .addBefore(
                        context.name(),
                        CODEC,
                        new HttpClientCodec(LONGEST_LINE, LONGEST_HEADERS, 8192));
        var authority = origin.host() + ":" + origin.port();
        var connect =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1, HttpMethod.CONNECT, authority, Unpooled.EMPTY_BUFFER);
        connect.headers().set("Host", authority);
        if (proxy.authorization() != null) {
            connect.headers().set("Proxy-Authorization", proxy.authorization());
        }
        // a write that fails ends in channelInactive
        var _ = context.writeAndFlush(connect);
        var late =
                context.executor()
                        .schedule(
                                () ->
                                        refused(
                                                Failure.TIMEOUT,
                                                "The egress proxy did not open a tunnel within "
                                                        + limit.toMillis()
                                                        + " ms"),
                                limit.toMillis(),
                                TimeUnit.MILLISECONDS);
        context.channel().closeFuture().addListener(_ -> late.cancel(false));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (over) {
            return;
        }
        if (message.decoderResult().isFailure()) {
            refused(Failure.CONNECT, "The egress proxy does not speak HTTP");
        } else if (message instanceof HttpResponse answer
                && answer.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
            answered(answer.status().code());
        }
        if (agreed && message instanceof LastHttpContent) {
            over = true;
            context.pipeline().remove(CODEC);
            context.pipeline().remove(this);
            waiting.open();
        }
    }

    private void answered(int status) {
        if (status / 100 == 2) {
            agreed = true;
        } else if (status == 403 || status == 407) {
            refused(
                    Failure.BLOCKED_ADDRESS,
                    "The egress proxy refused the target with status " + status);
        } else {
            refused(
                    Failure.CONNECT,
                    "The egress proxy could not connect to the target and answered " + status);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        refused(Failure.CONNECT, "The egress proxy closed the connection");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, @Nullable Throwable cause) {
        context.close();
    }

    private void refused(Failure failure, String detail) {
        if (!over) {
            over = true;
            waiting.refused(failure, detail);
        }
    }
}
