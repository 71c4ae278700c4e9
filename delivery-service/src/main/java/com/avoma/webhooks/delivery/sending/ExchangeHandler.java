package com.avoma.webhooks.delivery.sending;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpObject;
import org.jspecify.annotations.Nullable;

/// The end of a connection's pipeline: gives what comes in to the exchange of the moment. What
/// comes in while there is none closes the connection. Runs on the channel's event loop.
final class ExchangeHandler extends SimpleChannelInboundHandler<HttpObject> {
    private @Nullable Exchange exchange;

    void begin(Exchange next) {
        exchange = next;
    }

    void end() {
        exchange = null;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (exchange == null) {
            context.close();
        } else {
            exchange.received(message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (exchange != null) {
            exchange.lost(null);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (exchange != null) {
            exchange.lost(cause);
        }
        context.close();
    }
}
