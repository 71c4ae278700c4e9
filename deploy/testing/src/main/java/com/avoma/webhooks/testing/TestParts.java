package com.avoma.webhooks.testing;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;

/// The one switch: where the broker and the database of the tests come from. Tests never ask.
enum TestParts {
    CONTAINERS,
    EMBEDDED;

    /// System property or environment variable, `containers` or `embedded`; the property wins.
    static final String SWITCH = "WEBHOOKS_TEST_PARTS";

    /// @param why for the log
    record Choice(TestParts parts, String why) {}

    /// Decided once per JVM, and logged then.
    static TestParts chosen() {
        return Decided.PARTS;
    }

    /// @param requested the switch's value, if there is one
    /// @throws IllegalArgumentException if that is neither of the two
    static Choice choose(@Nullable String requested, BooleanSupplier engineAnswers) {
        return switch (requested) {
            case null ->
                    engineAnswers.getAsBoolean()
                            ? new Choice(CONTAINERS, "a Docker engine answers")
                            : new Choice(EMBEDDED, "no Docker engine answers");
            case "containers" -> new Choice(CONTAINERS, SWITCH + " says so");
            case "embedded" -> new Choice(EMBEDDED, SWITCH + " says so");
            default ->
                    throw new IllegalArgumentException(
                            SWITCH + ": " + requested + " (expected: containers or embedded)");
        };
    }

    static boolean engineAnswers() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    private static final class Decided {
        private static final Logger log = LoggerFactory.getLogger(TestParts.class);
        static final TestParts PARTS = decide();

        private static TestParts decide() {
            Choice choice =
                    choose(
                            System.getProperty(SWITCH, System.getenv(SWITCH)),
                            TestParts::engineAnswers);
            log.info("broker and database of the tests: {} ({})", choice.parts(), choice.why());
            return choice.parts();
        }
    }
}
