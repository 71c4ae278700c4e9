package com.avoma.webhooks.benchmark.receiver;

import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/// How the receiver answers, changed while it runs, and what it has seen. Thread-safe.
final class Answering {
    private static final long LONGEST_MICROS = 3_600_000_000L;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final LongAdder requests = new LongAdder();
    private final Recorder lateness = new Recorder(LONGEST_MICROS, SIGNIFICANT_DIGITS);
    private volatile Set<Integer> hanging = Set.of();
    private volatile boolean closing;

    /// @param numbers of the ports that take requests and never answer
    void hang(Set<Integer> numbers) {
        hanging = Set.copyOf(numbers);
    }

    /// Whether each answer ends its connection.
    void closeEach(boolean closes) {
        closing = closes;
    }

    boolean hangs(int number) {
        return hanging.contains(number);
    }

    boolean closes() {
        return closing;
    }

    /// A whole request came in.
    void count() {
        requests.increment();
    }

    /// A request was answered, so many microseconds after it should have been sent.
    void late(long micros) {
        lateness.recordValue(Math.clamp(micros, 0, LONGEST_MICROS));
    }

    long requests() {
        return requests.sum();
    }

    /// The lateness of what was answered since the last call.
    Histogram lateness() {
        return lateness.getIntervalHistogram();
    }
}
