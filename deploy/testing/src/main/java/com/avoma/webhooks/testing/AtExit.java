package com.avoma.webhooks.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;

/// Closes the parts when the JVM ends, the last one first, and only once every Spring context is
/// closed: a service that loses its broker before it is told to stop logs errors and waits for
/// timeouts.
final class AtExit {
    private static final Logger log = LoggerFactory.getLogger(AtExit.class);
    private static final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private static boolean registered;
    private static volatile boolean contextsGoFirst;

    private AtExit() {}

    static synchronized void close(AutoCloseable part) {
        parts.push(part);
        if (!registered) {
            registered = true;
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(AtExit::closeUnlessContextsGoFirst, "test-parts"));
            if (springBootIsPresent()) {
                SpringApplication.getShutdownHandlers().add(AtExit::closeAll);
            }
        }
    }

    /// From now on Spring Boot's own shutdown hook, which runs its handlers after the contexts,
    /// closes the parts.
    static void contextsGoFirst() {
        contextsGoFirst = true;
    }

    private static boolean springBootIsPresent() {
        String application = "org/springframework/boot/SpringApplication.class";
        return AtExit.class.getClassLoader().getResource(application) != null;
    }

    private static void closeUnlessContextsGoFirst() {
        if (!contextsGoFirst) {
            closeAll();
        }
    }

    private static synchronized void closeAll() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) { // the JVM is ending: nobody is left to be told but the log
                log.warn("{} did not close", part, e);
            }
        }
    }
}
