package com.avoma.webhooks.delivery.sending;

import static com.avoma.webhooks.delivery.sending.Failures.assertFailure;
import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.delivery.receiver.Authority;
import com.avoma.webhooks.delivery.receiver.Http2Receiver;
import com.avoma.webhooks.delivery.receiver.Http2Receiver.Answer;
import com.avoma.webhooks.delivery.sending.Outcome.Delivered;
import com.avoma.webhooks.delivery.sending.Outcome.Refused;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Receivers that speak HTTP/2 and fall silent, break off or flood in each phase. Afterwards the
/// next request is delivered.
class HostileHttp2IT {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Payload BODY = Payload.of("{\"event_type\":\"AINOTE\"}");
    private static final Payload LARGE = Payload.of("{\"a\":\"" + "x".repeat(5_000_000) + "\"}");

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int CONTINUATION = 9;
    private static final byte[] STATUS_200 = {(byte) 0x88};
    private static final byte[] A_HEADER = {0, 1, 'x', 1, 'y'};

    private Authority authority;
    private Http2Receiver receiver;
    private HttpSender sender;

    @BeforeEach
    void start() throws Exception {
        authority = new Authority();
        receiver = Http2Receiver.start(authority.forLocalhost(), 10);
        sender = Senders.trusting(authority, LIMIT);
    }

    @AfterEach
    void stop() throws Exception {
        assertThat(post(BODY).outcome()).isEqualTo(new Delivered(200));
        sender.close();
        receiver.close();
    }

    /// Headers without an end, in frames that are full, small or empty.
    @ParameterizedTest
    @ValueSource(ints = {3000, 1, 0})
    void continuationsWithoutEndAreAProtocolFailure(int headersInEach) throws Exception {
        var sent = new AtomicLong();
        receiver.answers((context, stream) -> {
            write(context, frame(HEADERS, 0, stream, STATUS_200));
            flood(
                    context,
                    sent,
                    () -> frame(CONTINUATION, 0, stream, repeated(A_HEADER, headersInEach)));
        });

        var attempt = post(BODY);

        assertFailure(attempt, Failure.PROTOCOL, "headers are too long");
        assertThat(attempt.took()).isLessThan(LIMIT);
        assertThat(sent.get()).isLessThan(10_000_000);
    }

    /// Empty frames cost the sender work and the receiver next to nothing.
    @Test
    void emptyDataWithoutEndDoesNotLastLongerThanABodyMay() throws Exception {
        var sent = new AtomicLong();
        receiver.answers((context, stream) -> {
            write(context, frame(HEADERS, 4, stream, STATUS_200));
            flood(context, sent, () -> frame(DATA, 0, stream, new byte[0]));
        });

        assertThat(post(BODY).outcome()).isEqualTo(new Delivered(200));
        assertThat(sent.get()).isLessThan(10_000_000);
    }

    /// So that nothing waits for what they say.
    @ParameterizedTest
    @ValueSource(ints = {RST_STREAM, DATA})
    void framesOfAStreamThatIsOverWithoutEndEndTheConnection(int type) throws Exception {
        var flooding = new AtomicReference<ChannelHandlerContext>();
        var sent = new AtomicLong();
        receiver.answers((context, stream) -> {
            flooding.set(context);
            write(context, frame(HEADERS, 5, stream, STATUS_200));
            flood(context, sent, () -> frame(type, 0, stream, new byte[type == DATA ? 0 : 4]));
        });

        assertThat(post(BODY).outcome()).isEqualTo(new Delivered(200));
        assertThat(flooding.get().channel().closeFuture().await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void headersThatHangAreATimeout() throws Exception {
        var hanging = new AtomicReference<ChannelHandlerContext>();
        receiver.answers((context, stream) -> {
            hanging.set(context);
            write(context, frame(HEADERS, 0, stream, STATUS_200));
        });

        assertFailure(post(BODY), Failure.TIMEOUT, "the status line and headers");

        // between two parts of a header block nothing else can be said on a connection
        hanging.get().close().sync();
    }

    @Test
    void headersThatAreCutOffAreAReset() throws Exception {
        receiver.answers((context, stream) -> {
            write(context, frame(HEADERS, 0, stream, STATUS_200));
            reset(context);
        });

        assertFailure(post(BODY), Failure.RESET, "closed the connection before it answered");
    }

    @Test
    void aResetBeforeTheAnswerIsAReset() throws Exception {
        receiver.answers((context, _) -> reset(context));

        assertFailure(post(BODY), Failure.RESET, "closed the connection before it answered");
    }

    @Test
    void bodiesThatHangOrAreCutOffChangeNothing() throws Exception {
        Answer half =
                (context, stream) -> {
                    var headers = new DefaultHttp2Headers().status("503");
                    context.write(new DefaultHttp2HeadersFrame(headers, false).stream(stream));
                    var body = Unpooled.copiedBuffer("half", StandardCharsets.US_ASCII);
                    context.writeAndFlush(new DefaultHttp2DataFrame(body).stream(stream));
                };
        receiver.answers(
                half,
                (context, stream) -> {
                    half.play(context, stream);
                    // when that has gone out
                    context.executor().execute(() -> reset(context));
                });

        for (int i = 0; i < 2; i++) {
            var attempt = post(BODY);
            assertThat(attempt.outcome()).isEqualTo(new Refused(503, null));
            assertThat(attempt.excerpt()).isEqualTo("half");
        }
    }

    /// One that opens its window no further hangs while the request is written.
    @Test
    void aWindowThatStaysShutIsATimeout() throws Exception {
        receiver.takesNoMore(true);

        assertFailure(post(LARGE), Failure.TIMEOUT, "the status line and headers");

        receiver.takesNoMore(false);
    }

    @Test
    void framesThatAreNoneAreAProtocolFailure() throws Exception {
        receiver.answers((context, _) ->
                write(context, Unpooled.copiedBuffer("x".repeat(100), StandardCharsets.US_ASCII)));

        assertFailure(post(BODY), Failure.PROTOCOL, "not HTTP/2");
    }

    private interface Flood {
        ByteBuf next();
    }

    /// Goes on for as long as the sender listens.
    private static void flood(ChannelHandlerContext context, AtomicLong sent, Flood flood) {
        if (!context.channel().isActive()) {
            return;
        }
        for (int i = 0; i < 20 && context.channel().isWritable(); i++) {
            var next = flood.next();
            sent.addAndGet(next.readableBytes());
            below(context).write(next);
        }
        below(context).flush();
        context.executor().schedule(() -> flood(context, sent, flood), 1, TimeUnit.MILLISECONDS);
    }

    private static ByteBuf frame(int type, int flags, Http2FrameStream stream, byte[] payload) {
        return Unpooled.buffer()
                .writeMedium(payload.length)
                .writeByte(type)
                .writeByte(flags)
                .writeInt(stream.id())
                .writeBytes(payload);
    }

    private static byte[] repeated(byte[] bytes, int times) {
        var all = Unpooled.buffer();
        for (int i = 0; i < times; i++) {
            all.writeBytes(bytes);
        }
        var array = new byte[all.readableBytes()];
        all.readBytes(array);
        return array;
    }

    private static void write(ChannelHandlerContext context, ByteBuf raw) {
        below(context).writeAndFlush(raw);
    }

    /// Past the codec.
    private static ChannelHandlerContext below(ChannelHandlerContext context) {
        return context.pipeline().context(Http2FrameCodec.class);
    }

    private static void reset(ChannelHandlerContext context) {
        context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        context.channel().unsafe().closeForcibly();
    }

    private Attempt post(Payload body) throws Exception {
        return sender.post(
                        Request.of(
                                receiver.url("localhost"),
                                sender.userAgent(),
                                List.of(),
                                List.of(),
                                body))
                .get(30, TimeUnit.SECONDS);
    }
}
