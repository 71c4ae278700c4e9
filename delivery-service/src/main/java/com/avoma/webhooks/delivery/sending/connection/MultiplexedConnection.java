package com.avoma.webhooks.delivery.sending.connection;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// HTTP/2: many conversations at a time, each on a stream. What happens to one is no matter of the
/// others, until the connection itself ends.
final class MultiplexedConnection extends Connection {
    /// Few enough that one connection's end costs few attempts.
    static final int MOST_STREAMS = 100;

    /// A connection on which so many conversations in a row heard nothing hangs: no new one.
    private static final int MOST_SILENT = 3;

    private final StreamsHandler streams;
    private final IntObjectMap<Talk> talks = new IntObjectHashMap<>();
    private boolean draining;
    private int silent;

    MultiplexedConnection(Channel channel, Route route, ConnectionPool pool) {
        super(channel, route, pool);
        streams = StreamsHandler.of(this);
        channel.pipeline().addLast(streams);
    }

    @Override
    int free() {
        return draining || !channel().isActive() ? 0 : streams.room(MOST_STREAMS);
    }

    @Override
    boolean isIdle() {
        return talks.isEmpty();
    }

    @Override
    boolean isMultiplexed() {
        return true;
    }

    @Override
    boolean isSettling() {
        return !streams.isSettled();
    }

    @Override
    void retire() {
        draining = true;
        if (talks.isEmpty()) {
            close();
        }
    }

    @Override
    void begin(Conversation conversation) {
        int stream = streams.nextStream();
        if (stream < 0) {
            retire();
            conversation.lost(Failure.RESET, "The connection was used up", true);
            return;
        }
        var talk = new Talk(this, stream, conversation);
        talks.put(stream, talk);
        conversation.placed(talk, usedBefore());
        streams.send(stream, conversation.overHttp2(), conversation.body());
    }

    @Nullable Talk talk(int stream) {
        return talks.get(stream);
    }

    /// The receiver has room for streams: those who wait may come.
    void opened() {
        pool().freed(this);
    }

    /// The receiver goes away, and has not seen the streams past the last one.
    void goneAway(int last) {
        draining = true;
        for (var talk : List.copyOf(talks.values())) {
            if (talk.stream() > last) {
                talk.lost(Failure.RESET, "The receiver went away before it answered", true);
            }
        }
        retire();
    }

    void reset(int stream) {
        streams.reset(stream, Http2Error.PROTOCOL_ERROR);
    }

    void answered() {
        silent = 0;
    }

    void left(Talk talk, Place.End end) {
        if (talks.remove(talk.stream()) == null) {
            return;
        }
        if (end != Place.End.GONE
                && (end != Place.End.WHOLE || !streams.isSentWhole(talk.stream()))) {
            streams.reset(talk.stream(), Http2Error.CANCEL);
        }
        if (end == Place.End.SILENT && ++silent >= MOST_SILENT) {
            draining = true;
        }
        if (draining) {
            retire();
        } else if (!streams.isOpen(talk.stream())) {
            pool().freed(this);
        }
    }

    /// A stream counts against what the receiver takes until it is closed on both sides.
    void streamClosed() {
        if (!draining) {
            pool().freed(this);
        }
    }

    /// Everything on it ends.
    void broken(Failure failure, String detail) {
        draining = true;
        // where there are several, the fault is not known to be of this one's answer
        boolean shared = talks.size() > 1 && failure == Failure.PROTOCOL;
        for (var talk : List.copyOf(talks.values())) {
            talk.lost(shared ? Failure.RESET : failure, detail, false);
        }
    }

    void closed() {
        pool().closed(this);
        broken(Failure.RESET, "The receiver closed the connection before it answered");
    }
}
