package com.avoma.webhooks.config;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.blockhound.BlockHound;

/// Watches this JVM's event loops for calls that block. What is seen is kept for the test that
/// asks, and thrown, so that the call's own request fails as well.
final class BlockingCalls {
    private static final List<Throwable> SEEN = new CopyOnWriteArrayList<>();

    private BlockingCalls() {}

    /// From now on, once per JVM. Needs `-XX:+AllowRedefinitionToAddDeleteMethods`.
    static void watch() {
        Watch.BEGUN.getClass();
    }

    /// What was seen since the last time.
    static List<Throwable> seen() {
        var seen = List.copyOf(SEEN);
        SEEN.clear();
        return seen;
    }

    private static final class Watch {
        static final Object BEGUN = begin();

        private static Object begin() {
            BlockHound.builder()
                    .loadIntegrations()
                    // reads the kernel's random numbers, which never run out
                    .allowBlockingCallsInside("java.security.SecureRandom", "nextBytes")
                    .blockingMethodCallback(method -> {
                        var seen =
                                new AssertionError(
                                        method + " on " + Thread.currentThread().getName());
                        SEEN.add(seen);
                        throw seen;
                    })
                    .install();
            return new Object();
        }
    }
}
