package com.avoma.webhooks.quickstart.seed;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.quickstart.data.DataDirectory;
import com.avoma.webhooks.quickstart.data.Refusal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/// Publishes another sample event to a running quickstart, by the first user.
public final class Publish {
    private Publish() {}

    /// Exit status 0: it is on Kafka; 1: it is not, and why; 2: wrong arguments.
    ///
    /// @param arguments the data directory, the topics' prefix and the event's type
    public static void main(String[] arguments) throws InterruptedException {
        var type = TriggerEvent.of(arguments.length == 3 ? arguments[2] : "");
        if (type.isEmpty()) {
            System.err.println(
                    "publish: which event? One of " + List.of(TriggerEvent.values()) + ".");
            System.exit(2);
        }
        var data = new DataDirectory(Path.of(arguments[0]));
        if (!data.environment().exists()) {
            System.err.println("No quickstart is running with " + data.root() + ".");
            System.exit(1);
        }
        var environment = data.environment().read();
        var user = environment.getOrDefault("USER_UUIDS", "").split(" ", 2)[0];
        try (var kafka =
                new KafkaPublisher(environment.getOrDefault("KAFKA_BOOTSTRAP_SERVERS", ""))) {
            var events = new EventPublisher(kafka, new Topics(arguments[1]), Clock.systemUTC());
            var event = events.next(type.orElseThrow());
            events.publish(
                    event,
                    UUID.fromString(environment.getOrDefault("ORGANIZATION_UUID", "")),
                    UUID.fromString(user));
            System.out.println("Published " + event.type() + " with id " + event.id() + ".");
        } catch (Refusal e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
