package com.avoma.webhooks.delivery.sending.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2FrameLogger;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.logging.LogLevel;

/// Sees the frames of streams that are over, which Netty drops or answers before a listener hears
/// of them, so that a receiver that sends them without end is noticed. It logs nothing: Netty's
/// hook for a log of frames is the only place that all of them come by.
final class ClosedStreamsListener extends Http2FrameLogger {
    private final StreamsListener listener;

    ClosedStreamsListener(StreamsListener listener) {
        super(LogLevel.TRACE, ClosedStreamsListener.class);
        this.listener = listener;
    }

    @Override
    public void logData(
            Direction direction,
            ChannelHandlerContext context,
            int stream,
            ByteBuf data,
            int padding,
            boolean last) {
        came(direction, context, stream);
    }

    @Override
    public void logHeaders(
            Direction direction,
            ChannelHandlerContext context,
            int stream,
            Http2Headers headers,
            int padding,
            boolean last) {
        came(direction, context, stream);
    }

    @Override
    public void logHeaders(
            Direction direction,
            ChannelHandlerContext context,
            int stream,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean last) {
        came(direction, context, stream);
    }

    @Override
    public void logRstStream(
            Direction direction, ChannelHandlerContext context, int stream, long code) {
        came(direction, context, stream);
    }

    private void came(Direction direction, ChannelHandlerContext context, int stream) {
        if (direction == Direction.INBOUND) {
            listener.came(context, stream);
        }
    }
}
