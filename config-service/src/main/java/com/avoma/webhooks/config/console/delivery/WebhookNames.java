package com.avoma.webhooks.config.console.delivery;

import com.avoma.webhooks.config.setup.Webhook;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.webhook.WebhookEditor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import reactor.core.publisher.Mono;

/// What an organization calls its webhooks.
record WebhookNames(WebhookEditor webhooks) {
    /// By uuid, in the list's order.
    Mono<Map<UUID, String>> of(Caller caller) {
        return webhooks.all(caller)
                .map(all -> {
                    Map<UUID, String> names = new LinkedHashMap<>();
                    all.forEach(seen ->
                            names.put(seen.webhook().uuid(), seen.webhook().fields().name()));
                    return names;
                });
    }

    /// One of them, as it is now; empty where it was deleted.
    Mono<Optional<Webhook>> webhook(Caller caller, UUID uuid) {
        return webhooks.all(caller)
                .map(all ->
                        all.stream()
                                .map(WebhookEditor.Seen::webhook)
                                .filter(webhook -> webhook.uuid().equals(uuid))
                                .findFirst());
    }
}
