package com.avoma.webhooks.testing.bad;

import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;

public final class ClockHelper {
    public final Instant instant = Instant.now();
    public final long millis = System.currentTimeMillis();
    public final Clock clock = Clock.systemUTC();

    public static final class ByReference {
        public final Supplier<Instant> now = Instant::now;
    }
}
