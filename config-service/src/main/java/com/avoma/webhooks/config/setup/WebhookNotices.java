package com.avoma.webhooks.config.setup;

import com.avoma.webhooks.config.notification.Notice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What admins are told of a webhook.
public final class WebhookNotices {
    private WebhookNotices() {}

    /// @param more beside what says which webhook it is
    public static Notice of(
            Notice.Type type, UUID organization, Webhook webhook, Map<String, ?> more) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("webhook_uuid", webhook.uuid());
        data.put("name", webhook.fields().name());
        data.put("event_type", webhook.fields().eventType().name());
        data.put("target_url", webhook.fields().targetUrl());
        data.putAll(more);
        return new Notice(organization, type, "webhooks/" + webhook.uuid(), data);
    }

    /// One for each webhook that a change, which no admin made, deactivates.
    ///
    /// @param more beside which webhook it is, and the reason
    public static List<Notice> deactivated(
            OrganizationSetup before, OrganizationSetup after, Map<String, ?> more) {
        return after.webhooks().stream()
                .filter(webhook ->
                        !webhook.active()
                                && before.webhook(webhook.uuid())
                                        .filter(Webhook::active)
                                        .isPresent())
                .sorted(Webhook.OLDEST_FIRST)
                .map(webhook -> {
                    Map<String, Object> data = new LinkedHashMap<>();
                    var reason = webhook.inactiveReason();
                    data.put("reason", reason == null ? "" : reason.wireName());
                    data.putAll(more);
                    return of(Notice.Type.WEBHOOK_DEACTIVATED, after.organization(), webhook, data);
                })
                .toList();
    }
}
