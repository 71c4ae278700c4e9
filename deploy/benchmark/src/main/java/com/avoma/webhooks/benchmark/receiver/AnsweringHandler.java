package com.avoma.webhooks.benchmark.receiver;

import com.avoma.webhooks.benchmark.load.Body;
import com.avoma.webhooks.benchmark.load.LoadPublisher;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// One connection of the receiver.
final class AnsweringHandler extends SimpleChannelInboundHandler<HttpObject> {
    private static final byte[] OK = "ok".getBytes(StandardCharsets.US_ASCII);

    private final Answering answering;
    private final int port;
    private boolean begun;
    private long dueAt;

    /// @param port the number of the port, from 0
    AnsweringHandler(Answering answering, int port) {
        this.answering = answering;
        this.port = port;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        if (message instanceof HttpRequest) {
            begun = false;
            dueAt = -1;
        }
        if (message instanceof HttpContent content) {
            if (!begun && content.content().readableBytes() >= Body.headLength()) {
                begun = true;
                arrived(content);
            }
            if (content instanceof LastHttpContent) {
                answering.count();
                answer(context);
            }
        }
    }

    private void arrived(HttpContent content) {
        var head = new byte[Body.headLength()];
        content.content().getBytes(content.content().readerIndex(), head);
        dueAt = Body.sentAt(head);
    }

    private void answer(ChannelHandlerContext context) {
        if (answering.hangs(port)) {
            return;
        }
        var response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(OK));
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, OK.length);
        boolean closes = answering.closes();
        if (closes) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        var written = context.writeAndFlush(response);
        if (dueAt > 0) {
            answering.late(LoadPublisher.micros(Instant.now()) - dueAt);
        }
        if (closes) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // the sender gave up: its own log tells why
        context.close();
    }
}
