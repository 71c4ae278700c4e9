package com.avoma.webhooks.systemtests;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/// How long anything may take on a machine that is busy.
final class Awaiting {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Awaiting() {}

    static void until(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }
}
