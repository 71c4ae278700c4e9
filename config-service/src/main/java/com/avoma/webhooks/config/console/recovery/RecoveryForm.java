package com.avoma.webhooks.config.console.recovery;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.config.recovery.Recovery;
import com.avoma.webhooks.config.replay.Only;
import com.avoma.webhooks.config.web.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the dialog asks to have sent again.
///
/// @param since events from this time on, RFC 3339
/// @param until events before this time; empty: before now
/// @param only its name on the wire
/// @param count whether to count only
/// @param activate whether the webhook is to be activated first
record RecoveryForm(String since, String until, String only, boolean count, boolean activate) {
    static RecoveryForm since(String since) {
        return new RecoveryForm(since, "", Only.FAILED.wireName(), true, false);
    }

    static RecoveryForm of(Recovery recovery) {
        return new RecoveryForm(
                recovery.since().toString(),
                recovery.until().toString(),
                recovery.only().wireName(),
                true,
                false);
    }

    static RecoveryForm of(Map<String, String> fields) {
        return new RecoveryForm(
                fields.getOrDefault("since", ""),
                fields.getOrDefault("until", ""),
                fields.getOrDefault("only", ""),
                !"send".equals(fields.get("what")),
                fields.containsKey("activate"));
    }

    /// The request for the API.
    byte[] json() {
        Map<String, Object> request = new LinkedHashMap<>();
        if (!since.isBlank()) {
            request.put("since", since);
        }
        if (!until.isBlank()) {
            request.put("until", until);
        }
        request.put("only", only);
        request.put("dry_run", count);
        return Json.write(request);
    }

    /// What is wrong with the time, in a sentence; null: it is something else.
    static @Nullable String faultOfTime(RefusedException refused) {
        return refused.errors().stream()
                .filter(error -> error.field().equals("since") || error.field().equals("until"))
                .map(error ->
                        switch (error.message()) {
                            case "is required" -> "Say since when.";
                            case "must not be in the future" -> "Choose a time in the past.";
                            default -> "This is not a time: choose a date and a time of day.";
                        })
                .findFirst()
                .orElse(null);
    }
}
