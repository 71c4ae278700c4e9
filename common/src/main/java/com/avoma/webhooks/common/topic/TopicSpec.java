package com.avoma.webhooks.common.topic;

import java.time.Duration;
import java.util.Map;

/// What a topic must be like so that nothing on it is lost.
///
/// @param compacted whether the last record of each key is kept for ever; otherwise records are
///   deleted after the retention
/// @param retention how long a record stays at the least; of no meaning where compacted
public record TopicSpec(String name, boolean compacted, Duration retention) {

    public static TopicSpec compacted(String name) {
        return new TopicSpec(name, true, Duration.ZERO);
    }

    public static TopicSpec kept(String name, Duration retention) {
        return new TopicSpec(name, false, retention);
    }

    /// The topic's settings, as Kafka names them.
    Map<String, String> settings() {
        return compacted
                ? Map.of("cleanup.policy", "compact")
                : Map.of(
                        "cleanup.policy",
                        "delete",
                        "retention.ms",
                        Long.toString(retention.toMillis()));
    }
}
