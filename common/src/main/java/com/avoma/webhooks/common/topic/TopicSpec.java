package com.avoma.webhooks.common.topic;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// What a topic must be like so that nothing on it is lost.
///
/// @param compacted whether the last record of each key is kept for ever; otherwise records are
///   deleted after the retention
/// @param retention how long a record stays at the least; of no meaning where compacted
/// @param largestRecord bytes of the largest batch the topic takes; 0: the broker's default
public record TopicSpec(String name, boolean compacted, Duration retention, int largestRecord) {

    public static TopicSpec compacted(String name) {
        return new TopicSpec(name, true, Duration.ZERO, 0);
    }

    public static TopicSpec kept(String name, Duration retention) {
        return new TopicSpec(name, false, retention, 0);
    }

    /// The same topic, taking records of up to so many bytes.
    public TopicSpec upTo(int bytes) {
        return new TopicSpec(name, compacted, retention, bytes);
    }

    /// The topic's settings, as Kafka names them.
    Map<String, String> settings() {
        var settings = new HashMap<String, String>();
        settings.put("cleanup.policy", compacted ? "compact" : "delete");
        if (!compacted) {
            settings.put("retention.ms", Long.toString(retention.toMillis()));
            settings.put("retention.bytes", "-1");
        }
        if (largestRecord > 0) {
            settings.put("max.message.bytes", Integer.toString(largestRecord));
        }
        return settings;
    }
}
