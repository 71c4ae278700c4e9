package com.avoma.webhooks.embedded;

import java.time.Duration;
import java.util.List;

/// The broker as a process of its own: `java -cp … com.avoma.webhooks.embedded.BrokerProcess --data
/// DIR --port N`, and what [BrokerArguments] has for one that is not alone.
///
/// Prints one line when it is ready and ends by SIGTERM. Exit status 1: it could not start, 2:
/// wrong arguments.
public final class BrokerProcess {
    private BrokerProcess() {}

    public static void main(String[] words) {
        // before the first logger exists: logback's own default is DEBUG
        if (System.getProperty("logback.configurationFile") == null) {
            System.setProperty(
                    "logback.configurationFile", "com/avoma/webhooks/embedded/process-logback.xml");
        }
        try {
            run(BrokerArguments.parse(List.of(words)));
        } catch (IllegalArgumentException e) {
            System.err.println("kafka: " + e.getMessage());
            System.exit(2);
        } catch (StartFailedException e) {
            System.err.println("kafka: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(BrokerArguments given) {
        long started = System.nanoTime();
        Arguments arguments = given.place();
        EmbeddedBroker broker =
                EmbeddedBroker.start(arguments.data(), arguments.port(), given.node());
        // Kafka's threads keep the JVM alive; the hook is the only way out
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform().name("broker-process").unstarted(broker::close));
        System.out.printf(
                "kafka ready on %s after %.1f s, pid %d, data in %s%n",
                broker.bootstrapServers(),
                Duration.ofNanos(System.nanoTime() - started).toMillis() / 1_000.0,
                ProcessHandle.current().pid(),
                arguments.data().toAbsolutePath());
    }
}
