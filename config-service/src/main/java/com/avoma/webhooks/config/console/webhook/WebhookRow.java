package com.avoma.webhooks.config.console.webhook;

import com.avoma.webhooks.config.setup.InactiveReason;
import com.avoma.webhooks.config.setup.Webhook;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A webhook in words.
///
/// @param failed whether it was switched off because of its receiver
/// @param state whether it is sent to, and why not
record WebhookRow(
        UUID uuid,
        long version,
        String name,
        String event,
        String targetUrl,
        String scope,
        boolean active,
        boolean failed,
        String state) {

    /// @param teams names of the organization's teams
    static WebhookRow of(Webhook webhook, Map<UUID, String> teams) {
        var fields = webhook.fields();
        return new WebhookRow(
                webhook.uuid(),
                webhook.version(),
                fields.name(),
                fields.eventType().label(),
                fields.targetUrl(),
                scope(webhook, teams),
                webhook.active(),
                failed(webhook.inactiveReason()),
                state(webhook.inactiveReason()));
    }

    private static String scope(Webhook webhook, Map<UUID, String> teams) {
        var selected = webhook.fields().teams();
        return selected.isEmpty()
                ? "All members"
                : selected.stream()
                        .map(team -> teams.getOrDefault(team, "a deleted team"))
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    private static boolean failed(@Nullable InactiveReason reason) {
        return reason == InactiveReason.FAILING || reason == InactiveReason.GONE;
    }

    private static String state(@Nullable InactiveReason reason) {
        return switch (reason) {
            case null -> "Active";
            case ADMIN -> "Inactive: switched off by an admin";
            case FAILING -> "Inactive: its receiver kept failing";
            case GONE -> "Inactive: its receiver answered 410 Gone";
            case PLAN -> "Inactive: over the plan's limit";
        };
    }
}
