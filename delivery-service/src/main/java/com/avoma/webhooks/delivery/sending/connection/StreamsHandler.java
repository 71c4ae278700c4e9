package com.avoma.webhooks.delivery.sending.connection;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.delivery.sending.tls.TlsFault;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.AbstractHttp2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Netty's HTTP/2 under a [MultiplexedConnection], within bounds: no pushes, headers of bounded
/// length, default windows, and what is sent in one pass of the event loop goes out together.
final class StreamsHandler extends Http2ConnectionHandler {
    private static final long LONGEST_HEADERS = AnswerDecoder.LONGEST_HEADERS;

    /// Everything else may be a secret or is never the same again: it is not put in the table that
    /// all requests of a connection share.
    private static final Set<String> COMMON =
            Set.of(
                    ":method",
                    ":scheme",
                    ":authority",
                    ":path",
                    "content-type",
                    "content-length",
                    "user-agent");

    private final MultiplexedConnection owner;
    private @Nullable ChannelHandlerContext context;
    private boolean settled;
    private boolean flushing;

    private StreamsHandler(
            MultiplexedConnection owner,
            Http2ConnectionDecoder decoder,
            Http2ConnectionEncoder encoder,
            Http2Settings settings) {
        super(decoder, encoder, settings);
        this.owner = owner;
    }

    static StreamsHandler of(MultiplexedConnection owner) {
        return new Builder(owner).build();
    }

    int nextStream() {
        return connection().local().incrementAndGetNextStreamId();
    }

    /// How many streams more may be opened: one until the receiver has told how many.
    int room(int most) {
        int allowed = settled ? Math.min(most, connection().local().maxActiveStreams()) : 1;
        return allowed - connection().local().numActiveStreams();
    }

    boolean isSettled() {
        return settled;
    }

    void settled() {
        if (!settled) {
            settled = true;
            owner.opened();
        }
    }

    void send(int stream, Http2Headers headers, ByteBuf body) {
        var target = target();
        encoder()
                .writeHeaders(target, stream, headers, 0, false, target.newPromise())
                .addListener((ChannelFuture written) -> headersWritten(stream, written));
        if (connection().stream(stream) == null) {
            body.release();
        } else {
            var _ = encoder().writeData(target, stream, body, 0, true, target.newPromise());
            flushSoon();
        }
    }

    private void headersWritten(int stream, ChannelFuture written) {
        var talk = owner.talk(stream);
        if (!written.isSuccess() && talk != null) {
            talk.lost(Failure.RESET, "The connection took no more requests", true);
        }
    }

    boolean isOpen(int stream) {
        return connection().stream(stream) != null;
    }

    /// Whether the request's end has been written.
    boolean isSentWhole(int stream) {
        var known = connection().stream(stream);
        return known == null || !known.state().localSideOpen();
    }

    void reset(int stream, Http2Error error) {
        if (connection().stream(stream) != null) {
            var target = target();
            resetStream(target, stream, error.code(), target.newPromise());
            flushSoon();
        }
    }

    private ChannelHandlerContext target() {
        if (context == null) {
            throw new IllegalStateException("not on a channel yet");
        }
        return context;
    }

    private void flushSoon() {
        if (!flushing) {
            flushing = true;
            var target = target();
            target.executor()
                    .execute(() -> {
                        flushing = false;
                        flush(target);
                    });
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) throws Exception {
        context = added;
        super.handlerAdded(added);
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) throws Exception {
        owner.closed();
        super.channelInactive(inactive);
    }

    @Override
    protected void onStreamError(
            ChannelHandlerContext at,
            boolean outbound,
            Throwable cause,
            Http2Exception.StreamException fault) {
        var talk = owner.talk(fault.streamId());
        if (talk != null && !outbound) {
            talk.lost(Failure.PROTOCOL, Talk.NOT_HTTP, false);
        }
        super.onStreamError(at, outbound, cause, fault);
    }

    @Override
    protected void onConnectionError(
            ChannelHandlerContext at,
            boolean outbound,
            Throwable cause,
            @Nullable Http2Exception fault) {
        if (fault != null) {
            owner.broken(Failure.PROTOCOL, Talk.NOT_HTTP);
        } else if (TlsFault.isOne(cause)) {
            owner.broken(Failure.TLS, TlsFault.sentence(cause));
        } else {
            owner.broken(Failure.RESET, "The receiver closed the connection before it answered");
        }
        super.onConnectionError(at, outbound, cause, fault);
    }

    /// Makes the handler.
    private static final class Builder
            extends AbstractHttp2ConnectionHandlerBuilder<StreamsHandler, Builder> {
        private final MultiplexedConnection owner;
        private final StreamsListener listener;

        Builder(MultiplexedConnection owner) {
            this.owner = owner;
            this.listener = new StreamsListener(owner);
            server(false);
            frameListener(listener);
            frameLogger(new ClosedStreamsListener(listener));
            initialSettings(
                    Http2Settings.defaultSettings()
                            .pushEnabled(false)
                            .maxHeaderListSize(LONGEST_HEADERS));
            headerSensitivityDetector((name, _) -> !COMMON.contains(name.toString()));
            // it is closed when nothing is on it, or at once
            gracefulShutdownTimeoutMillis(0);
        }

        @Override
        public StreamsHandler build() {
            return super.build();
        }

        @Override
        protected StreamsHandler build(
                Http2ConnectionDecoder decoder,
                Http2ConnectionEncoder encoder,
                Http2Settings settings) {
            var handler = new StreamsHandler(owner, decoder, encoder, settings);
            listener.tell(handler);
            handler.connection().addListener(listener);
            return handler;
        }
    }
}
