package com.avoma.webhooks.delivery.sending;

import com.avoma.webhooks.common.attempt.AttemptRecord.Timings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long each phase of an attempt took. Not thread-safe.
final class Stopwatch {
    private final long start = System.nanoTime();
    private long phase = start;
    private Waiting waiting = Waiting.LOOK_UP;
    private @Nullable Long dns;
    private @Nullable Long connect;
    private @Nullable Long tls;
    private @Nullable Long firstByte;

    private enum Waiting {
        LOOK_UP("the look-up of the host name"),
        CONNECTION("the connection"),
        HANDSHAKE("the TLS handshake"),
        ANSWER("the status line and headers"),
        BODY("the body");

        private final String text;

        Waiting(String text) {
            this.text = text;
        }
    }

    void resolved() {
        dns = lap();
        waiting = Waiting.CONNECTION;
    }

    void connecting() {
        lap();
        waiting = Waiting.CONNECTION;
    }

    void connected() {
        connect = lap();
        waiting = Waiting.HANDSHAKE;
    }

    void secured() {
        tls = lap();
        waiting = Waiting.ANSWER;
    }

    void sent() {
        lap();
        waiting = Waiting.ANSWER;
    }

    void answered() {
        firstByte = lap();
        waiting = Waiting.BODY;
    }

    String waitingFor() {
        return waiting.text;
    }

    Duration total() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    Duration left(Duration limit) {
        var left = limit.minus(total());
        return left.isNegative() ? Duration.ZERO : left;
    }

    Timings timings() {
        return new Timings(dns, connect, tls, firstByte);
    }

    /// Milliseconds since the last call, rounded.
    private long lap() {
        long now = System.nanoTime();
        long took = now - phase;
        phase = now;
        return Math.round(took / 1e6);
    }
}
