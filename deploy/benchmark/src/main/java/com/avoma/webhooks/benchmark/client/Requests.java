package com.avoma.webhooks.benchmark.client;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// What is left to send of a run; the connections outlast it. Thread-safe.
final class Requests {
    private static final int LIMIT_SECONDS = 120;

    private final AtomicInteger unsent = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final byte[] body;
    private final Connecting connecting;
    private volatile CompletableFuture<Void> all = new CompletableFuture<>();

    interface Connecting {
        void open(int port);
    }

    Requests(byte[] body, Connecting connecting) {
        this.body = body;
        this.connecting = connecting;
    }

    /// Begins a run.
    void begin(int count) {
        all = new CompletableFuture<>();
        unanswered.set(count);
        unsent.set(count);
    }

    /// Takes one, if there is one left.
    boolean take() {
        return unsent.getAndDecrement() > 0;
    }

    /// The headers that delivery-service sends, in number and length.
    FullHttpRequest next(int port) {
        var request =
                new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        HttpMethod.POST,
                        "/webhooks/0",
                        Unpooled.wrappedBuffer(body));
        request.headers()
                .add("Host", "localhost:" + port)
                .add("Content-Type", "application/json")
                .add("User-Agent", "Avoma-Webhooks/0.1.0-SNAPSHOT")
                .add("X-Avoma-Signature", "0123456789abcdef".repeat(4))
                .add("webhook-id", "msg_0123456789abcdef0123456789abcdef")
                .add("webhook-timestamp", "1790000000")
                .add("webhook-signature", "v1,0123456789abcdef0123456789abcdef0123456789a=")
                .add("Content-Length", Integer.toString(body.length));
        return request;
    }

    void answered() {
        if (unanswered.decrementAndGet() == 0) {
            all.complete(null);
        }
    }

    /// The receiver ended a connection: another one in its place, if there is something to send.
    void closed(int port) {
        if (unsent.get() > 0) {
            connecting.open(port);
        }
    }

    void failed(Throwable cause) {
        all.completeExceptionally(cause);
    }

    void await() throws Exception {
        all.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
