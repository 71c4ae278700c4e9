package com.avoma.webhooks.benchmark.client;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;

/// One connection of the bare client: a request, its answer, the next request.
final class RequestHandler extends SimpleChannelInboundHandler<HttpObject> {
    private final Requests requests;
    private final int port;
    private boolean ready;
    private boolean open;
    private boolean closing;

    RequestHandler(Requests requests, int port) {
        this.requests = requests;
        this.port = port;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                ready = true;
                sendNext(context);
            } else {
                requests.failed(handshake.cause());
            }
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message instanceof HttpResponse response && response.status().code() != 200) {
            requests.failed(new IOException("status " + response.status()));
        }
        if (message instanceof HttpResponse response) {
            closing = "close".equals(response.headers().get("connection"));
        }
        if (message instanceof LastHttpContent) {
            open = false;
            requests.answered();
            if (closing) {
                context.close();
                requests.closed(port);
            } else {
                sendNext(context);
            }
        }
    }

    private void sendNext(ChannelHandlerContext context) {
        if (requests.take()) {
            open = true;
            var _ = context.writeAndFlush(requests.next(port));
        }
    }

    /// Begins to send, on the channel's event loop: as soon as it is ready, or on another
    /// connection where this one ends.
    void wake(ChannelHandlerContext context) {
        if (closing || !context.channel().isActive()) {
            requests.closed(port);
        } else if (ready && !open) {
            sendNext(context);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (open) {
            requests.failed(new IOException("closed before the answer"));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (open) {
            requests.failed(cause);
        }
        context.close();
    }
}
