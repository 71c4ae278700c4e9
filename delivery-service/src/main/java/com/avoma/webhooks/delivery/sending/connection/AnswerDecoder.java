package com.avoma.webhooks.delivery.sending.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;

/// Netty's decoder of HTTP/1.1 answers within bounds, which tells whether anything was heard, and
/// whether it holds bytes that belong to no answer.
final class AnswerDecoder extends HttpResponseDecoder {
    static final int LONGEST_HEADERS = 32 * 1024;
    private static final int LONGEST_STATUS_LINE = 4096;

    private boolean heard;

    AnswerDecoder() {
        super(
                new HttpDecoderConfig()
                        .setMaxInitialLineLength(LONGEST_STATUS_LINE)
                        .setMaxHeaderSize(LONGEST_HEADERS));
    }

    /// The next answer is awaited from here on.
    void await() {
        heard = false;
    }

    /// Whether a byte came since then.
    boolean hasHeard() {
        return heard;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
        heard = true;
        super.channelRead(context, bytes);
    }

    boolean isDrained() {
        return actualReadableBytes() == 0;
    }
}
