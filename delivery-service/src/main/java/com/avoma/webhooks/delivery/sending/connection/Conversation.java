package com.avoma.webhooks.delivery.sending.connection;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http2.Http2Headers;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A request that needs a connection, and hears what comes of it. Everything happens on one event
/// loop.
public interface Conversation {
    Route route();

    /// Whether it has ended: nothing is told to it any more.
    boolean isOver();

    /// A connection of its own is being opened.
    void opening(Opening opening);

    /// @param lookedUp whether the name was looked up by this service
    void resolved(boolean lookedUp);

    void connected();

    /// @param certificateExpiresAt when the receiver's certificate does; null where it is not known
    void secured(@Nullable Instant certificateExpiresAt);

    /// There is a place on a connection: the request goes out now.
    ///
    /// @param kept whether the connection had been used before
    void placed(Place place, boolean kept);

    /// The request as HTTP/1.1 has it. The body goes with it.
    FullHttpRequest overHttp1();

    /// The head of the request as HTTP/2 has it.
    Http2Headers overHttp2();

    ByteBuf body();

    /// The final head of the answer. Parts and the end follow.
    void answered(Answer answer);

    /// A part of the body; the buffer is the caller's.
    void part(ByteBuf part);

    /// The answer is whole.
    void ended();

    /// It ends without a whole answer.
    ///
    /// @param untouched whether the receiver says, or it is certain, that the request was not
    ///   worked on
    void lost(Failure failure, String detail, boolean untouched);

    /// The receiver broke off this request, and only this one: it had it.
    void brokenOff(Failure failure, String detail);
}
