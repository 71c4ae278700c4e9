package com.avoma.webhooks.testing.bad.one;

import com.avoma.webhooks.testing.bad.two.Two;
import java.time.Clock;
import java.time.Instant;

public record One(Two two) {
    public Instant readsAClockThatItWasGiven(Clock clock) {
        return clock.instant().isAfter(Instant.EPOCH) ? Instant.now(clock) : Instant.MAX;
    }
}
