package com.avoma.webhooks.systemtests;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// The end of a process that is to end by itself when it is asked to.
final class Termination {
    private Termination() {}

    /// Asks as SIGTERM does, and returns once it has ended. One that does not is killed, and that
    /// is an error.
    static void of(Process process, Duration grace) {
        process.destroy();
        try {
            if (!process.waitFor(grace.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(process + " did not end within " + grace);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
