package com.avoma.webhooks.delivery.sending.connection;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.delivery.sending.tls.TlsFault;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1: one conversation after the other. It is used again only where the request had been
/// written whole, the answer was read whole, and not a byte came after it.
final class SequentialConnection extends Connection implements Place {
    private static final int MOST_INFORMATIONAL = 32;

    /// Of three digits (RFC 9110).
    private static final int LEAST_STATUS = 100;

    private static final int GREATEST_STATUS = 999;
    private static final String NOT_HTTP =
            "The answer is not HTTP/1.1, or its headers are too long";

    private final AnswerDecoder decoder = new AnswerDecoder();
    private @Nullable Conversation conversation;
    private @Nullable ChannelFuture written;
    private boolean answered;
    private boolean keepAlive;
    private boolean settling;
    private int informational;

    SequentialConnection(Channel channel, Route route, ConnectionPool pool) {
        super(channel, route, pool);
        channel.pipeline().addLast(new HttpRequestEncoder(), decoder, new Incoming());
    }

    @Override
    int free() {
        return isIdle() && channel().isActive() ? 1 : 0;
    }

    @Override
    boolean isIdle() {
        return conversation == null && !settling;
    }

    @Override
    boolean isMultiplexed() {
        return false;
    }

    @Override
    boolean isSettling() {
        return false;
    }

    @Override
    void retire() {
        if (isIdle()) {
            close();
        }
    }

    @Override
    void begin(Conversation next) {
        conversation = next;
        next.placed(this, usedBefore());
        answered = false;
        keepAlive = false;
        informational = 0;
        decoder.await();
        // a failed write ends in channelInactive, after what the receiver may still have said
        written = channel().writeAndFlush(next.overHttp1());
    }

    @Override
    public void leave(End end) {
        conversation = null;
        // bytes that follow the answer show at the end of the read
        settling = end == End.WHOLE && keepAlive && written != null && written.isSuccess();
        if (!settling) {
            close();
        }
    }

    private void settled() {
        settling = false;
        if (decoder.isDrained() && channel().isActive()) {
            pool().freed(this);
        } else {
            close();
        }
    }

    private void received(HttpObject message) {
        var current = conversation;
        if (current == null) {
            settling = false;
            close();
            return;
        }
        if (message.decoderResult().isFailure()) {
            if (message.decoderResult().cause() instanceof PrematureChannelClosureException) {
                broken(null);
            } else {
                current.lost(Failure.PROTOCOL, NOT_HTTP, false);
            }
            return;
        }
        if (message instanceof HttpResponse response && !head(current, response)) {
            return;
        }
        if (message instanceof HttpContent content && answered) {
            current.part(content.content());
            if (content instanceof LastHttpContent && current == conversation) {
                current.ended();
            }
        }
    }

    private boolean head(Conversation current, HttpResponse response) {
        int status = response.status().code();
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            if (status == 101 || ++informational > MOST_INFORMATIONAL) {
                current.lost(Failure.PROTOCOL, NOT_HTTP, false);
            }
            return false;
        }
        if (status < LEAST_STATUS || status > GREATEST_STATUS) {
            current.lost(Failure.PROTOCOL, NOT_HTTP, false);
            return false;
        }
        answered = true;
        keepAlive = HttpUtil.isKeepAlive(response);
        var headers = response.headers();
        current.answered(
                new Answer(
                        status,
                        headers.get(HttpHeaderNames.RETRY_AFTER),
                        headers.get(HttpHeaderNames.CONTENT_ENCODING),
                        headers.get(HttpHeaderNames.CONTENT_TYPE),
                        HttpUtil.getContentLength(response, -1L)));
        return true;
    }

    private void broken(@Nullable Throwable cause) {
        var current = conversation;
        if (current == null) {
            return;
        }
        boolean tls = TlsFault.isOne(cause);
        var failure = tls ? Failure.TLS : Failure.RESET;
        var detail =
                tls
                        ? TlsFault.sentence(cause)
                        : "The receiver closed the connection before it answered";
        if (decoder.hasHeard()) {
            current.brokenOff(failure, detail);
        } else {
            current.lost(failure, detail, false);
        }
    }

    /// What comes in, on its way to the conversation of the moment.
    private final class Incoming extends SimpleChannelInboundHandler<HttpObject> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
            received(message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (settling) {
                settled();
            } else if (conversation == null && !decoder.isDrained()) {
                close();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            settling = false;
            pool().closed(SequentialConnection.this);
            broken(null);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            broken(cause);
            context.close();
        }
    }
}
