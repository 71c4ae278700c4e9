package com.avoma.webhooks.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.delivery.receiver.Authority;
import com.avoma.webhooks.delivery.receiver.Http2Receiver;
import com.avoma.webhooks.delivery.receiver.Http2Receiver.Answer;
import com.avoma.webhooks.delivery.sending.Outcome.Delivered;
import com.avoma.webhooks.delivery.sending.Outcome.Refused;
import com.avoma.webhooks.delivery.sending.Outcome.Unreachable;
import com.avoma.webhooks.delivery.sending.Request.Header;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.DefaultHttp2SettingsFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Http2IT {
    private static final Payload BODY = Payload.of("{\"event_type\":\"AINOTE\"}");
    private static final Payload LARGE = Payload.of("{\"a\":\"" + "x".repeat(200_000) + "\"}");

    private Authority authority;
    private Http2Receiver receiver;
    private HttpSender sender;

    @BeforeEach
    void start() throws Exception {
        authority = new Authority();
        receiver = Http2Receiver.start(authority.forLocalhost(), 10);
        sender = Senders.trusting(authority, Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        sender.close();
        receiver.close();
    }

    @Test
    void putsTheContractOnTheWireInLowerCase() throws Exception {
        var attempt =
                get(
                        sender.post(
                                Request.of(
                                        receiver.url("localhost"),
                                        sender.userAgent(),
                                        List.of(
                                                new Header("X-Avoma-Signature", "abc"),
                                                new Header("webhook-id", "msg_1")),
                                        List.of(
                                                new Header("x-Custom-KEY", "V1"),
                                                new Header("Connection", "close"),
                                                new Header("HOST", "elsewhere")),
                                        BODY)));

        assertThat(attempt.outcome()).isEqualTo(new Delivered(200));
        assertThat(attempt.excerpt()).isEqualTo("ok");
        assertThat(attempt.timings().tlsMs()).isNotNull();
        assertThat(attempt.timings().firstByteMs()).isNotNull();
        assertThat(attempt.certificateExpiresAt()).isNotNull();
        var got = receiver.await();
        var authorityHeader = receiver.url("localhost").substring(8).replace("/hook?a=1", "");
        assertThat(got.headers())
                .containsExactly(
                        ":method: POST",
                        ":scheme: https",
                        ":authority: " + authorityHeader,
                        ":path: /hook?a=1",
                        "content-type: application/json",
                        "user-agent: Avoma-Webhooks/test",
                        "x-avoma-signature: abc",
                        "webhook-id: msg_1",
                        "x-custom-key: V1",
                        "content-length: " + BODY.size());
        assertThat(got.body()).isEqualTo(BODY.bytes());
    }

    @Test
    void sharesOneConnectionAndOpensNoMoreStreamsThanTheReceiverTakes() throws Exception {
        get(post(BODY));

        var all = posts(100, BODY);

        for (var one : all) {
            assertThat(get(one).outcome()).isEqualTo(new Delivered(200));
        }
        // one more each time that ten streams were not enough and nothing was being opened
        assertThat(receiver.connections()).isBetween(1, 11);
    }

    @Test
    void sendsBodiesLargerThanTheWindow() throws Exception {
        for (var one : posts(5, LARGE)) {
            assertThat(get(one).outcome()).isEqualTo(new Delivered(200));
            assertThat(receiver.await().body()).isEqualTo(LARGE.bytes());
        }
    }

    @Test
    void sendsOnceMoreWhereTheReceiverRefusedTheStream() throws Exception {
        receiver.answers(Answer.reset(Http2Error.REFUSED_STREAM), Answer.status(202, ""));

        assertThat(get(post(BODY)).outcome()).isEqualTo(new Delivered(202));
    }

    @Test
    void sendsNoMoreThanOnceMore() throws Exception {
        receiver.answers(
                Answer.reset(Http2Error.REFUSED_STREAM), Answer.reset(Http2Error.REFUSED_STREAM));

        assertFailure(get(post(BODY)), Failure.RESET, "refused the stream");
    }

    @Test
    void sendsOnAnotherConnectionWhatTheReceiverHadNotSeenWhenItWentAway() throws Exception {
        get(post(BODY));
        receiver.answers((context, stream) -> {
            var codec = context.pipeline().get(Http2FrameCodec.class);
            var at = context.pipeline().context(codec);
            codec.goAway(
                    at,
                    stream.id() - 2,
                    Http2Error.NO_ERROR.code(),
                    Unpooled.EMPTY_BUFFER,
                    at.newPromise());
            at.flush();
        });

        assertThat(get(post(BODY)).outcome()).isEqualTo(new Delivered(200));
        assertThat(receiver.connections()).isEqualTo(2);
    }

    @Test
    void oneStreamsResetIsNoMatterOfTheOthers() throws Exception {
        get(post(BODY));
        receiver.answers(
                Answer.reset(Http2Error.INTERNAL_ERROR),
                Answer.reset(Http2Error.PROTOCOL_ERROR),
                Answer.status(503, "busy"));

        // which of them comes in first is the flow control's business
        var first = post(BODY);
        var second = post(BODY);
        var third = post(BODY);
        var outcomes = List.of(get(first).outcome(), get(second).outcome(), get(third).outcome());

        assertThat(outcomes)
                .containsExactlyInAnyOrder(
                        new Unreachable(
                                Failure.RESET, "The receiver reset the stream with INTERNAL_ERROR"),
                        new Unreachable(
                                Failure.PROTOCOL,
                                "The receiver reset the stream with PROTOCOL_ERROR"),
                        new Refused(503, null));
        assertThat(get(post(BODY)).outcome()).isEqualTo(new Delivered(200));
        assertThat(receiver.connections()).isEqualTo(1);
    }

    @Test
    void isDeliveredWhateverBecomesOfTheBody() throws Exception {
        receiver.answers((context, stream) -> {
            var headers = new DefaultHttp2Headers().status("200").add("content-length", "9");
            context.write(new DefaultHttp2HeadersFrame(headers, false).stream(stream));
            Answer.reset(Http2Error.INTERNAL_ERROR).play(context, stream);
        });

        assertThat(get(post(BODY)).outcome()).isEqualTo(new Delivered(200));
    }

    @Test
    void readsABoundedPartOfAHugeBodyAndKeepsTheConnection() throws Exception {
        receiver.answers((context, stream) -> {
            var headers = new DefaultHttp2Headers().status("500");
            context.write(new DefaultHttp2HeadersFrame(headers, false).stream(stream));
            context.writeAndFlush(
                    new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(new byte[10_000_000]))
                            .stream(stream));
        });

        assertThat(get(post(BODY)).outcome()).isEqualTo(new Refused(500, null));
        assertThat(get(post(BODY)).outcome()).isEqualTo(new Delivered(200));
        assertThat(receiver.connections()).isEqualTo(1);
    }

    @Test
    void oversizedHeadersAreAProtocolFailureOfTheirStream() throws Exception {
        receiver.answers((context, stream) -> {
            var headers = new DefaultHttp2Headers().status("200");
            for (int i = 0; i < 340; i++) {
                headers.add("x-" + i, "v".repeat(60));
            }
            context.writeAndFlush(new DefaultHttp2HeadersFrame(headers, true).stream(stream));
        });

        assertFailure(get(post(BODY)), Failure.PROTOCOL, "headers are too long");
    }

    @Test
    void aReceiverThatFloodsLosesTheConnection() throws Exception {
        receiver.answers((context, _) -> {
            for (int i = 0; i < 3000; i++) {
                context.write(new DefaultHttp2SettingsFrame(new Http2Settings()));
                context.write(new DefaultHttp2PingFrame(i));
            }
            context.flush();
        });

        assertFailure(get(post(BODY)), Failure.PROTOCOL, "not HTTP/2");
        assertThat(get(post(BODY)).outcome()).isEqualTo(new Delivered(200));
        assertThat(receiver.connections()).isEqualTo(2);
    }

    @Test
    void leavesAConnectionOnWhichNothingIsHeard() throws Exception {
        sender.close();
        sender = Senders.trusting(authority, Duration.ofSeconds(2));
        get(post(BODY));
        receiver.answers(Answer.hang(), Answer.hang(), Answer.hang());

        for (var hanging : posts(3, BODY)) {
            assertFailure(get(hanging), Failure.TIMEOUT, "the status line and headers");
        }

        assertThat(get(post(BODY)).outcome()).isEqualTo(new Delivered(200));
        assertThat(receiver.connections()).isEqualTo(2);
    }

    private List<CompletableFuture<Attempt>> posts(int count, Payload body) {
        List<CompletableFuture<Attempt>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(post(body));
        }
        return all;
    }

    private CompletableFuture<Attempt> post(Payload body) {
        return sender.post(
                Request.of(
                        receiver.url("localhost"), sender.userAgent(), List.of(), List.of(), body));
    }

    private static Attempt get(CompletableFuture<Attempt> attempt) throws Exception {
        return attempt.get(30, TimeUnit.SECONDS);
    }

    private static void assertFailure(Attempt attempt, Failure failure, String detail) {
        assertThat(attempt.outcome())
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        it -> {
                            assertThat(it.failure()).as(it.detail()).isEqualTo(failure);
                            assertThat(it.detail()).contains(detail);
                        });
    }
}
