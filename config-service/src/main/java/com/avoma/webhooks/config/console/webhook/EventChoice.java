package com.avoma.webhooks.config.console.webhook;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.config.webhook.WebhookEditor;
import java.util.Arrays;
import java.util.List;

/// A trigger event to choose, and how many webhooks have it.
record EventChoice(TriggerEvent event, long used) {
    /// What the event of that name is called.
    static String label(String name) {
        return TriggerEvent.of(name).map(TriggerEvent::label).orElse(name);
    }

    static List<EventChoice> all(List<WebhookEditor.Seen> webhooks) {
        return Arrays.stream(TriggerEvent.values())
                .map(event ->
                        new EventChoice(
                                event,
                                webhooks.stream()
                                        .filter(w -> w.webhook().fields().eventType() == event)
                                        .count()))
                .toList();
    }
}
