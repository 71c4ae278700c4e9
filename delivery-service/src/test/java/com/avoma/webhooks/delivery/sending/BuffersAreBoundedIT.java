package com.avoma.webhooks.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.delivery.receiver.Authority;
import com.avoma.webhooks.delivery.receiver.Http2Receiver;
import com.avoma.webhooks.delivery.receiver.Receiver;
import com.avoma.webhooks.delivery.receiver.Receiver.Answer;
import com.avoma.webhooks.delivery.sending.Outcome.Refused;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BuffersAreBoundedIT {
    private static final Payload BODY = Payload.of("{\"event_type\":\"AINOTE\"}");
    private static final long MEGABYTE = 1024 * 1024;

    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();
    private final Level before = ResourceLeakDetector.getLevel();
    private Authority authority;
    private HttpSender sender;

    @BeforeEach
    void start() throws Exception {
        ResourceLeakDetector.setLevel(Level.PARANOID);
        ByteBufUtil.setLeakListener((type, records) -> leaks.add(type + records));
        authority = new Authority();
        sender = Senders.trusting(authority, Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        sender.close();
        ByteBufUtil.setLeakListener(null);
        ResourceLeakDetector.setLevel(before);
    }

    @Test
    void bodiesOf100MegabytesTakeNoMemory() throws Exception {
        var metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        long atFirst = metric.usedDirectMemory() + metric.usedHeapMemory();
        var most = new AtomicLong();
        Answer huge =
                (_, out) -> {
                    long size = 100 * MEGABYTE;
                    out.write(
                            ("HTTP/1.1 500 E\r\nTransfer-Encoding: chunked\r\n\r\n"
                                            + Long.toHexString(size)
                                            + "\r\n")
                                    .getBytes());
                    var block = new byte[64 * 1024];
                    for (long sent = 0; sent < size; sent += block.length) {
                        out.write(block);
                        most.accumulateAndGet(
                                metric.usedDirectMemory() + metric.usedHeapMemory(), Math::max);
                    }
                    return false;
                };
        try (var receiver = Receiver.start(authority.forLocalhost())) {
            receiver.answers(huge, huge, huge, huge, huge, huge, huge, huge);
            for (var one : posts(8, receiver.url("localhost"))) {
                assertThat(one.get(30, TimeUnit.SECONDS).outcome())
                        .isEqualTo(new Refused(500, null));
            }
        }
        assertThat(most.get() - atFirst).isLessThan(64 * MEGABYTE);
        assertNothingLeaked();
    }

    @Test
    void noBufferIsLostWhateverReceiversDo() throws Exception {
        try (var receiver = Receiver.start(authority.forLocalhost());
                var http2 = Http2Receiver.start(authority.forLocalhost(), 2)) {
            for (int round = 0; round < 20; round++) {
                receiver.answers(
                        Answer.reset(),
                        Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", false),
                        Answer.raw("nonsense\r\n\r\n", false),
                        Answer.raw("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na more", true));
                http2.answers(
                        Http2Receiver.Answer.reset(Http2Error.REFUSED_STREAM),
                        Http2Receiver.Answer.reset(Http2Error.INTERNAL_ERROR),
                        (context, _) -> context.close(),
                        Http2Receiver.Answer.status(200, "x".repeat(2000)));
                for (var one : posts(4, receiver.url("localhost"))) {
                    one.get(30, TimeUnit.SECONDS);
                }
                for (var one : posts(6, http2.url("localhost"))) {
                    one.get(30, TimeUnit.SECONDS);
                }
            }
        }
        assertNothingLeaked();
    }

    /// Leaks are told of when a lost buffer was collected and another one is taken.
    private void assertNothingLeaked() {
        sender.close();
        for (int i = 0; i < 5; i++) {
            System.gc();
            for (int j = 0; j < 1000; j++) {
                ByteBufAllocator.DEFAULT.directBuffer(16).release();
            }
        }
        assertThat(leaks).isEmpty();
    }

    private List<CompletableFuture<Attempt>> posts(int count, String url) {
        List<CompletableFuture<Attempt>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(sender.post(Request.of(url, sender.userAgent(), List.of(), List.of(), BODY)));
        }
        return all;
    }
}
