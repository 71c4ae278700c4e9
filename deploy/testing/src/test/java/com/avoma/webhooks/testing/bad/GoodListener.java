package com.avoma.webhooks.testing.bad;

import java.time.Instant;
import org.apache.kafka.clients.consumer.Consumer;

/// Not bad at all: the edge may do what others may not.
public final class GoodListener {
    public final Instant started = Instant.now();

    public record Loop(Consumer<String, String> consumer) {}
}
