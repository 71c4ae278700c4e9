package com.avoma.webhooks.delivery.sending.connection;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;

/// Netty's decoder of HTTP/1.1 answers within bounds, which tells whether it holds bytes that
/// belong to no answer.
final class AnswerDecoder extends HttpResponseDecoder {
    static final int LONGEST_HEADERS = 32 * 1024;
    private static final int LONGEST_STATUS_LINE = 4096;

    AnswerDecoder() {
        super(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(LONGEST_STATUS_LINE)
                        .setMaxHeaderSize(LONGEST_HEADERS));
    }

    boolean isDrained() {
        return actualReadableBytes() == 0;
    }
}
