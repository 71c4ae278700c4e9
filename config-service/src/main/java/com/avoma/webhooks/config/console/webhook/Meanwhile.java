package com.avoma.webhooks.config.console.webhook;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// What somebody else saved while a form was open, where it is not what the form has.
final class Meanwhile {
    private Meanwhile() {}

    /// In words, by the API's names of the fields.
    ///
    /// @param mine the form
    /// @param theirs the form as it would be if it were opened now
    /// @param teams names of the organization's teams
    static Map<String, String> of(WebhookForm mine, WebhookForm theirs, Map<String, String> teams) {
        Map<String, String> saved = new LinkedHashMap<>();
        if (!mine.name().equals(theirs.name())) {
            saved.put("name", theirs.name());
        }
        if (!mine.eventType().equals(theirs.eventType())) {
            saved.put("event_type", EventChoice.label(theirs.eventType()));
        }
        if (!mine.targetUrl().equals(theirs.targetUrl())) {
            saved.put("target_url", theirs.targetUrl());
        }
        if (!scope(mine, teams).equals(scope(theirs, teams))) {
            saved.put("teams", scope(theirs, teams));
        }
        if (!headers(mine).equals(headers(theirs))) {
            saved.put("headers", theirs.headers().isEmpty() ? "none" : headers(theirs));
        }
        return saved;
    }

    private static String scope(WebhookForm form, Map<String, String> teams) {
        return form.teamsOnly()
                ? form.teams().stream()
                        .map(team -> teams.getOrDefault(team, "a deleted team"))
                        .sorted()
                        .collect(Collectors.joining(", "))
                : "All members";
    }

    /// A hidden value is the one that is saved, where none was typed.
    private static String headers(WebhookForm form) {
        return form.headers().stream()
                .map(header ->
                        header.name()
                                + ": "
                                + (header.secret() ? "a hidden value" : header.value()))
                .collect(Collectors.joining(", "));
    }
}
