package com.avoma.webhooks.quickstart.seed;

import com.avoma.webhooks.common.event.TriggerEvent;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One webhook for each type of event at the sample receiver, and the secret that signs them.
public final class SampleWebhooks {
    private static final String WEBHOOKS = "/v1/webhooks/";
    private static final String SECRET = WEBHOOKS + "signing-secret/";

    private final ApiClient admin;
    private final int receiverPort;

    public SampleWebhooks(ApiClient admin, int receiverPort) {
        this.admin = admin;
        this.receiverPort = receiverPort;
    }

    record Secret(String signingSecret) {}

    record Webhook(
            UUID uuid,
            @Nullable String name,
            String eventType,
            String targetUrl,
            boolean isActive) {}

    record Webhooks(List<Webhook> results) {}

    /// The organization's signing secret; a random one where it has none.
    public String signingSecret() throws InterruptedException {
        var secret = admin.require("GET", SECRET, null).as(Secret.class).signingSecret();
        return secret.isEmpty()
                ? admin.require("POST", SECRET + "rotate/", null).as(Secret.class).signingSecret()
                : secret;
    }

    /// The webhooks by their event. Those of an earlier run are taken if they are active and have
    /// this receiver's address; else they are replaced.
    public Map<TriggerEvent, UUID> webhooks() throws InterruptedException {
        var existing =
                admin.require("GET", WEBHOOKS + "?limit=200", null).as(Webhooks.class).results();
        Map<TriggerEvent, UUID> chosen = new EnumMap<>(TriggerEvent.class);
        for (var event : TriggerEvent.values()) {
            var name = "Sample receiver, " + event.label();
            var target = target(event);
            for (var webhook : existing) {
                if (!name.equals(webhook.name()) || !event.name().equals(webhook.eventType())) {
                    continue;
                }
                if (webhook.isActive() && webhook.targetUrl().equals(target)) {
                    chosen.put(event, webhook.uuid());
                } else {
                    admin.require("DELETE", WEBHOOKS + webhook.uuid() + "/", null);
                }
            }
            if (!chosen.containsKey(event)) {
                var wanted = Map.of("name", name, "event_type", event.name(), "target_url", target);
                var made = admin.require("POST", WEBHOOKS, wanted).as(Webhook.class);
                chosen.put(event, made.uuid());
            }
        }
        return chosen;
    }

    private String target(TriggerEvent event) {
        var path = event.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return "https://localhost:" + receiverPort + "/" + path;
    }
}
