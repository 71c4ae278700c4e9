package com.avoma.webhooks.benchmark.load;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/// Does something at a fixed rate, whatever becomes of it. Each time it is told when it should have
/// been done, so that a hold-up counts as the lateness that it is (co-ordinated omission).
final class OpenLoop {
    private OpenLoop() {}

    /// @param action is given the moment that it is due at, in microseconds since the epoch
    /// @return how often it was done
    static long run(int perSecond, Duration time, LongConsumer action) {
        long begun = System.nanoTime();
        long epoch = micros(Instant.now());
        long count = perSecond * time.toMillis() / 1000;
        for (long i = 0; i < count; i++) {
            long after = i * TimeUnit.SECONDS.toNanos(1) / perSecond;
            for (long left = begun + after - System.nanoTime();
                    left > 0;
                    left = begun + after - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            action.accept(epoch + after / 1000);
        }
        return count;
    }

    /// Microseconds since the epoch.
    static long micros(Instant now) {
        return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1000;
    }
}
