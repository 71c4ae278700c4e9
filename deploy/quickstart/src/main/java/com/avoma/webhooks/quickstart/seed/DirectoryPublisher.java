package com.avoma.webhooks.quickstart.seed;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.topic.Topics;
import java.util.Map;
import java.util.UUID;

/// Publishes an organization and its people as the product's directory does. Repeating it changes
/// nothing: the topics are compacted.
public final class DirectoryPublisher {
    private final KafkaPublisher kafka;
    private final Topics topics;

    public DirectoryPublisher(KafkaPublisher kafka, Topics topics) {
        this.kafka = kafka;
        this.topics = topics;
    }

    public void publish(Cast cast) throws InterruptedException {
        publish(topics.organizations(), cast.organization().uuid(), cast.organization());
        for (var team : cast.teams()) {
            publish(topics.teams(), team.uuid(), team);
        }
        for (var member : cast.members()) {
            publish(topics.members(), member.uuid(), member);
        }
    }

    private void publish(String topic, UUID key, Object value) throws InterruptedException {
        kafka.publish(topic, key.toString(), Json.write(value), Map.of());
    }
}
