package com.avoma.webhooks.delivery.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InFlightTest {
    private final InFlight inFlight = new InFlight(3, 2);

    @Test
    void boundsAWebhook() {
        assertThat(inFlight.tryStart("a")).isTrue();
        assertThat(inFlight.tryStart("a")).isTrue();
        assertThat(inFlight.tryStart("a")).isFalse();
        inFlight.end("a");
        assertThat(inFlight.tryStart("a")).isTrue();
    }

    @Test
    void boundsTheProcess() {
        inFlight.tryStart("a");
        inFlight.tryStart("b");
        inFlight.tryStart("c");

        assertThat(inFlight.isFull()).isTrue();
        assertThat(inFlight.tryStart("d")).isFalse();
        inFlight.end("a");
        assertThat(inFlight.count()).isEqualTo(2);
        assertThat(inFlight.tryStart("d")).isTrue();
    }
}
