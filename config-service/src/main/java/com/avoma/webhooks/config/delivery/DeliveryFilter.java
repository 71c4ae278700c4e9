package com.avoma.webhooks.config.delivery;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.config.deliverylog.Status;
import com.avoma.webhooks.config.web.FieldError;
import com.avoma.webhooks.config.web.JsonBody;
import com.avoma.webhooks.config.web.RefusedException;
import com.avoma.webhooks.config.web.RequestTime;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which deliveries a request asks for; null: any.
///
/// @param since events from this time on
/// @param until events before this time
record DeliveryFilter(
        @Nullable UUID webhook,
        @Nullable String eventType,
        @Nullable Status status,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable String eventId) {
    /// The parameters' names.
    static final Set<String> NAMES =
            Set.of("webhook", "event_type", "status", "since", "until", "event_id");

    /// @throws RefusedException where one is not of its form; it names every one
    static DeliveryFilter of(Map<String, List<String>> query) {
        List<FieldError> errors = new ArrayList<>();
        var filter =
                new DeliveryFilter(
                        read(query, "webhook", "must be a uuid", DeliveryFilter::uuid, errors),
                        read(
                                query,
                                "event_type",
                                "must be one of " + names(TriggerEvent.values()),
                                text -> TriggerEvent.of(text).map(TriggerEvent::name).orElse(null),
                                errors),
                        read(
                                query,
                                "status",
                                "must be one of " + names(Status.values()).toLowerCase(Locale.ROOT),
                                DeliveryFilter::status,
                                errors),
                        read(query, "since", RequestTime.RULE, RequestTime::of, errors),
                        read(query, "until", RequestTime.RULE, RequestTime::of, errors),
                        read(
                                query,
                                "event_id",
                                "must be an event's id",
                                text -> text.isEmpty() || text.indexOf('\0') >= 0 ? null : text,
                                errors));
        if (!errors.isEmpty()) {
            throw RefusedException.invalid(errors);
        }
        return filter;
    }

    /// The filter as a query, for the addresses of other parts; empty where it is none.
    String query() {
        List<String> parts = new ArrayList<>();
        add(parts, "webhook", webhook);
        add(parts, "event_type", eventType);
        add(parts, "status", status == null ? null : status.text());
        add(parts, "since", since);
        add(parts, "until", until);
        add(parts, "event_id", eventId);
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static void add(List<String> parts, String name, @Nullable Object value) {
        if (value != null) {
            parts.add(name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
        }
    }

    private static <T> @Nullable T read(
            Map<String, List<String>> query,
            String name,
            String rule,
            Function<String, @Nullable T> parse,
            List<FieldError> errors) {
        var values = query.get(name);
        if (values == null) {
            return null;
        }
        var text = values.getFirst();
        var value = text == null || values.size() > 1 ? null : parse.apply(text);
        if (value == null) {
            errors.add(new FieldError(name, rule));
        }
        return value;
    }

    private static @Nullable UUID uuid(String text) {
        return JsonBody.uuid(text).orElse(null);
    }

    private static @Nullable Status status(String text) {
        return Arrays.stream(Status.values())
                .filter(status -> status.text().equals(text))
                .findFirst()
                .orElse(null);
    }

    private static String names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).collect(Collectors.joining(", "));
    }
}
