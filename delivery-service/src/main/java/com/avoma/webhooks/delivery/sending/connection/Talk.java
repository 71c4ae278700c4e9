package com.avoma.webhooks.delivery.sending.connection;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import org.jspecify.annotations.Nullable;

/// One conversation on its stream.
final class Talk implements Place {
    static final String NOT_HTTP = "The answer is not HTTP/2, or its headers are too long";
    private static final int MOST_INFORMATIONAL = 32;
    private static final int LONGEST_LENGTH = 18;

    private final MultiplexedConnection connection;
    private final int stream;
    private final Conversation conversation;
    private boolean answered;
    private boolean left;
    private int informational;

    Talk(MultiplexedConnection connection, int stream, Conversation conversation) {
        this.connection = connection;
        this.stream = stream;
        this.conversation = conversation;
    }

    int stream() {
        return stream;
    }

    void headers(Http2Headers headers, boolean last) {
        if (!answered) {
            int status = status(headers);
            if (status < 200) {
                // 101 does not exist in HTTP/2
                if (status < 100 || status == 101 || last || ++informational > MOST_INFORMATIONAL) {
                    notHttp();
                }
                return;
            }
            answered = true;
            connection.answered();
            conversation.answered(answer(status, headers));
        }
        if (last) {
            end();
        }
    }

    void data(ByteBuf data, boolean last) {
        if (!answered) {
            notHttp();
            return;
        }
        if (!left) {
            conversation.part(data);
        }
        if (last) {
            end();
        }
    }

    void reset(long code) {
        var error = Http2Error.valueOf(code);
        if (error == Http2Error.REFUSED_STREAM) {
            lost(Failure.RESET, "The receiver refused the stream", true);
        } else if (error == Http2Error.NO_ERROR
                || error == Http2Error.CANCEL
                || error == Http2Error.STREAM_CLOSED
                || error == Http2Error.INTERNAL_ERROR
                || error == Http2Error.ENHANCE_YOUR_CALM) {
            brokenOff(Failure.RESET, "The receiver reset the stream with " + error);
        } else {
            var name = error == null ? "an unknown code" : error.toString();
            brokenOff(Failure.PROTOCOL, "The receiver reset the stream with " + name);
        }
    }

    void lost(Failure failure, String detail, boolean untouched) {
        if (!left) {
            conversation.lost(failure, detail, untouched);
        }
    }

    private void brokenOff(Failure failure, String detail) {
        if (!left) {
            conversation.brokenOff(failure, detail);
        }
    }

    private void notHttp() {
        connection.reset(stream);
        lost(Failure.PROTOCOL, NOT_HTTP, false);
    }

    private void end() {
        if (!left) {
            conversation.ended();
        }
    }

    @Override
    public void leave(End end) {
        left = true;
        connection.left(this, end);
    }

    private static Answer answer(int status, Http2Headers headers) {
        return new Answer(
                status,
                text(headers, HttpHeaderNames.RETRY_AFTER),
                text(headers, HttpHeaderNames.CONTENT_ENCODING),
                text(headers, HttpHeaderNames.CONTENT_TYPE),
                length(text(headers, HttpHeaderNames.CONTENT_LENGTH)));
    }

    private static @Nullable String text(Http2Headers headers, CharSequence name) {
        @Nullable CharSequence value = headers.get(name);
        return value == null ? null : value.toString();
    }

    private static long length(@Nullable String value) {
        return value != null
                        && !value.isEmpty()
                        && value.length() <= LONGEST_LENGTH
                        && value.chars().allMatch(c -> c >= '0' && c <= '9')
                ? Long.parseLong(value)
                : -1;
    }

    private static int status(Http2Headers headers) {
        @Nullable CharSequence status = headers.status();
        if (status == null || status.length() != 3) {
            return 0;
        }
        int code = 0;
        for (int i = 0; i < 3; i++) {
            int digit = status.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            code = code * 10 + digit;
        }
        return code;
    }
}
