package com.avoma.webhooks.delivery.sending.timing;

import com.avoma.webhooks.common.attempt.AttemptRecord.Timings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How long each phase of an attempt took. Not thread-safe.
public final class Stopwatch {
    private static final long NONE = -1;

    private final long start = System.nanoTime();
    private long phase = start;
    private Waiting waiting = Waiting.PLACE;
    private long dns = NONE;
    private long connect = NONE;
    private long tls = NONE;
    private long firstByte = NONE;

    private enum Waiting {
        PLACE("a free connection"),
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

    /// A connection of the attempt's own is being opened.
    public void opening() {
        lap();
        waiting = Waiting.LOOK_UP;
    }

    /// @param lookedUp whether there was a name to look up here
    public void resolved(boolean lookedUp) {
        long took = lap();
        dns = lookedUp ? took : NONE;
        waiting = Waiting.CONNECTION;
    }

    public void connected() {
        connect = lap();
        waiting = Waiting.HANDSHAKE;
    }

    public void secured() {
        tls = lap();
        waiting = Waiting.ANSWER;
    }

    public void sent() {
        lap();
        waiting = Waiting.ANSWER;
    }

    public void answered() {
        firstByte = lap();
        waiting = Waiting.BODY;
    }

    public String waitingFor() {
        return waiting.text;
    }

    /// In nanoseconds of [System#nanoTime()].
    public long startedAt() {
        return start;
    }

    public Duration total() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    public Timings timings() {
        return new Timings(millis(dns), millis(connect), millis(tls), millis(firstByte));
    }

    /// Nanoseconds since the last call.
    private long lap() {
        long now = System.nanoTime();
        long took = now - phase;
        phase = now;
        return took;
    }

    private static @Nullable Long millis(long nanos) {
        return nanos == NONE ? null : (nanos + 500_000) / 1_000_000;
    }
}
