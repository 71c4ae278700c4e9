package com.avoma.webhooks.config.console.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What the filters of the Deliveries tab ask for.
///
/// @param given the fields that are filled in: a form sends its empty ones, too
record DeliveryQuery(Map<String, List<String>> given) {
    /// How far back one may look without naming a time.
    private static final Map<String, Duration> PERIODS =
            Map.of(
                    "hour", Duration.ofHours(1),
                    "day", Duration.ofDays(1),
                    "week", Duration.ofDays(7));

    /// Of the page, not of the list.
    private static final Set<String> OF_THE_PAGE = Set.of("done", "live");

    static DeliveryQuery of(Map<String, List<String>> query) {
        Map<String, List<String>> given = new TreeMap<>();
        query.forEach((name, values) -> {
            var text = values.getFirst();
            if (text != null && !text.isBlank() && !OF_THE_PAGE.contains(name)) {
                given.put(name, List.of(text.strip()));
            }
        });
        return new DeliveryQuery(given);
    }

    /// As the API takes it. A period begins on a minute, so that the same question asked again soon
    /// has the same answer.
    Map<String, List<String>> at(Instant now) {
        Map<String, List<String>> query = new LinkedHashMap<>(given);
        var period = query.remove("period");
        var length = period == null ? null : PERIODS.get(period.getFirst());
        if (length != null && !query.containsKey("since")) {
            var since = now.minus(length).truncatedTo(ChronoUnit.MINUTES);
            query.put("since", List.of(since.toString()));
        }
        return query;
    }

    /// Whether it begins with the newest delivery.
    boolean newest() {
        return !given.containsKey("cursor");
    }

    /// Each field's value, for the form.
    Map<String, String> fields() {
        Map<String, String> fields = new TreeMap<>();
        given.forEach((name, values) -> fields.put(name, values.getFirst()));
        return fields;
    }
}
