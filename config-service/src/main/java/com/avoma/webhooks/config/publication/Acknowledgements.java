package com.avoma.webhooks.config.publication;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// Who waits for which revision to be on Kafka. Thread-safe.
final class Acknowledgements {
    private final Map<Revision, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

    private record Revision(UUID organization, long number) {}

    /// Completes with [#published]; of those that ask for the same revision all get a future of
    /// their own, which they may cancel.
    CompletableFuture<Void> await(UUID organization, long revision) {
        var key = new Revision(organization, revision);
        var shared = waiting.computeIfAbsent(key, _ -> new CompletableFuture<>());
        var own = shared.copy();
        own.whenComplete((_, _) -> {
            if (own.isCancelled()) {
                // its change is taken back or seen published elsewhere: nobody will complete it
                waiting.remove(key, shared);
            }
        });
        return own;
    }

    void published(UUID organization, long revision) {
        var future = waiting.remove(new Revision(organization, revision));
        if (future != null) {
            future.complete(null);
        }
    }
}
