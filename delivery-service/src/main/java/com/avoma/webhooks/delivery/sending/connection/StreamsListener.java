package com.avoma.webhooks.delivery.sending.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import org.jspecify.annotations.Nullable;

/// Gives each frame to the [Talk] of its stream. A receiver that sends control frames without end,
/// or frames of streams that are over, loses the connection.
final class StreamsListener extends Http2EventAdapter {
    private static final int CONTROL_FRAMES = 1000;
    private static final int CONTROL_FRAMES_PER_ANSWER = 50;

    /// Of streams that are over: an answer that is cut off has a window of frames on its way, which
    /// are small at some receivers.
    private static final int STRAY_FRAMES = 10_000;

    private static final int STRAY_FRAMES_PER_ANSWER = 1_000;

    private final MultiplexedConnection owner;
    private @Nullable StreamsHandler handler;
    private int budget = CONTROL_FRAMES;
    private int strayBudget = STRAY_FRAMES;

    StreamsListener(MultiplexedConnection owner) {
        this.owner = owner;
    }

    void tell(StreamsHandler streams) {
        handler = streams;
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int stream,
            Http2Headers headers,
            int padding,
            boolean last) {
        budget = Math.min(CONTROL_FRAMES, budget + CONTROL_FRAMES_PER_ANSWER);
        strayBudget = Math.min(STRAY_FRAMES, strayBudget + STRAY_FRAMES_PER_ANSWER);
        var talk = owner.talk(stream);
        if (talk != null) {
            talk.headers(headers, last);
        }
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext context,
            int stream,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean last) {
        onHeadersRead(context, stream, headers, padding, last);
    }

    @Override
    public int onDataRead(
            ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean last) {
        // before the buffer may be gone
        int size = data.readableBytes() + padding;
        var talk = owner.talk(stream);
        if (talk != null) {
            talk.data(data, last);
        }
        return size;
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext context, int stream, long code) {
        var talk = owner.talk(stream);
        if (talk != null) {
            talk.reset(code);
        }
    }

    @Override
    public void onStreamClosed(Http2Stream stream) {
        owner.streamClosed();
    }

    @Override
    public void onGoAwayRead(
            ChannelHandlerContext context, int last, long code, ByteBuf debugData) {
        owner.goneAway(last);
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext context, Http2Settings settings)
            throws Http2Exception {
        control();
        if (handler != null) {
            handler.settled();
        }
    }

    @Override
    public void onPingRead(ChannelHandlerContext context, long data) throws Http2Exception {
        control();
    }

    @Override
    public void onPriorityRead(
            ChannelHandlerContext context,
            int stream,
            int dependency,
            short weight,
            boolean exclusive)
            throws Http2Exception {
        control();
    }

    @Override
    public void onWindowUpdateRead(ChannelHandlerContext context, int stream, int increment)
            throws Http2Exception {
        control();
    }

    @Override
    public void onUnknownFrame(
            ChannelHandlerContext context, byte type, int stream, Http2Flags flags, ByteBuf payload)
            throws Http2Exception {
        control();
    }

    /// A frame came, which is told before it is looked at.
    void came(ChannelHandlerContext context, int stream) {
        if (handler != null && !handler.isOpen(stream) && --strayBudget < 0) {
            context.close();
        }
    }

    private void control() throws Http2Exception {
        if (--budget < 0) {
            throw Http2Exception.connectionError(
                    Http2Error.ENHANCE_YOUR_CALM, "control frames without end");
        }
    }
}
