package com.avoma.webhooks.config.console.webhook;

import com.avoma.webhooks.common.event.TriggerEvent;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// The sample payloads, with line breaks for those who read them.
final class Samples {
    private static final Map<TriggerEvent, String> OF = new EnumMap<>(TriggerEvent.class);

    static {
        var mapper = new JsonMapper();
        for (var event : TriggerEvent.values()) {
            var json = mapper.readTree(event.sample().text());
            OF.put(event, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(json));
        }
    }

    private Samples() {}

    static String of(TriggerEvent event) {
        return OF.getOrDefault(event, "");
    }
}
