package com.avoma.webhooks.config.console.webhook;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.config.setup.Webhook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What stands in the fields of the dialog for a webhook. It knows no rules: it is turned into the
/// request that the API takes, and what that refuses is shown beside the fields.
///
/// @param uuid null: a new one
/// @param version that the fields were filled from
/// @param key of the request that adds it, so that a form that is sent twice adds one webhook;
///   empty: it adds none
/// @param teamsOnly whether only members in the teams trigger it
record WebhookForm(
        @Nullable UUID uuid,
        long version,
        String key,
        String name,
        String eventType,
        String targetUrl,
        boolean teamsOnly,
        Set<String> teams,
        List<Header> headers) {

    /// A row of the custom headers.
    ///
    /// @param value empty for a secret that goes on as it is
    record Header(String name, String value, boolean secret) {
        boolean blank() {
            return name.isBlank() && value.isBlank();
        }
    }

    /// Empty, for the first trigger event.
    static WebhookForm empty() {
        var event = TriggerEvent.values()[0].name();
        var key = UUID.randomUUID().toString();
        return new WebhookForm(null, 0, key, "", event, "", false, Set.of(), List.of());
    }

    static WebhookForm of(Webhook webhook) {
        var fields = webhook.fields();
        return new WebhookForm(
                webhook.uuid(),
                webhook.version(),
                "",
                fields.name(),
                fields.eventType().name(),
                fields.targetUrl(),
                !fields.teams().isEmpty(),
                fields.teams().stream().map(UUID::toString).collect(Collectors.toSet()),
                fields.headers().stream()
                        .map(header -> {
                            var value = header.value();
                            return new Header(
                                    header.name(),
                                    value == null ? "" : value,
                                    header.secret() != null);
                        })
                        .toList());
    }

    /// As a browser sends it: of a field that is there more than once, all values in their order.
    static WebhookForm of(@Nullable UUID uuid, Map<String, List<String>> fields) {
        var names = fields.getOrDefault("header_name", List.of());
        var values = fields.getOrDefault("header_value", List.of());
        var kinds = fields.getOrDefault("header_kind", List.of());
        List<Header> headers = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            var header =
                    new Header(names.get(i).strip(), at(values, i), at(kinds, i).equals("secret"));
            if (!header.blank()) {
                headers.add(header);
            }
        }
        return new WebhookForm(
                uuid,
                version(first(fields, "version")),
                first(fields, "key"),
                first(fields, "name").strip(),
                first(fields, "event_type"),
                first(fields, "target_url").strip(),
                first(fields, "scope").equals("teams"),
                Set.copyOf(fields.getOrDefault("team", List.of())),
                headers);
    }

    /// The same fields, for a webhook that has changed meanwhile.
    ///
    /// @param latest its version
    WebhookForm over(long latest) {
        return new WebhookForm(
                uuid, latest, key, name, eventType, targetUrl, teamsOnly, teams, headers);
    }

    /// The request for the API. A name that is left out becomes the default one.
    byte[] json() {
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("name", name.isEmpty() ? null : name);
        request.put("event_type", eventType);
        request.put("target_url", targetUrl);
        request.put("teams", teamsOnly ? teams.stream().sorted().toList() : List.of());
        request.put("headers", headers.stream().map(WebhookForm::json).toList());
        return Json.write(request);
    }

    /// The request for a preview: what decides which events it gets, once it is active.
    byte[] scopeJson() {
        return Json.write(
                Map.of(
                        "event_type",
                        eventType,
                        "teams",
                        teamsOnly ? teams.stream().sorted().toList() : List.of(),
                        "is_active",
                        true));
    }

    /// Whether only members in teams are to trigger it, and no team is chosen: which the API would
    /// take for all members.
    boolean lacksTeams() {
        return teamsOnly && teams.isEmpty();
    }

    private static Map<String, Object> json(Header header) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", header.name());
        if (!header.secret() || !header.value().isEmpty()) {
            json.put("value", header.value());
        }
        if (header.secret()) {
            json.put("secret", true);
        }
        return json;
    }

    private static String first(Map<String, List<String>> fields, String name) {
        return at(fields.getOrDefault(name, List.of()), 0);
    }

    private static String at(List<String> values, int index) {
        return index < values.size() ? values.get(index) : "";
    }

    private static long version(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
