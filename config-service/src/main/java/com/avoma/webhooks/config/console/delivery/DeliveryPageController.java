package com.avoma.webhooks.config.console.delivery;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.config.delivery.DeliveryReader;
import com.avoma.webhooks.config.deliverylog.Status;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.RefusedException;
import com.avoma.webhooks.config.webhook.WebhookEditor;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/// The Deliveries tab, one delivery's page, and why an event went where it went.
@Controller
class DeliveryPageController {
    private static final String PATH = "/console/deliveries";

    /// How far back one may look without naming a time.
    private static final Map<String, Duration> PERIODS =
            Map.of(
                    "hour", Duration.ofHours(1),
                    "day", Duration.ofDays(1),
                    "week", Duration.ofDays(7));

    private final DeliveryReader deliveries;
    private final WebhookEditor webhooks;
    private final Clock clock;

    DeliveryPageController(DeliveryReader deliveries, WebhookEditor webhooks, Clock clock) {
        this.deliveries = deliveries;
        this.webhooks = webhooks;
        this.clock = clock;
    }

    @GetMapping(PATH)
    Mono<Rendering> page(@AuthenticationPrincipal Caller caller, ServerHttpRequest request) {
        var given = filled(request.getQueryParams());
        var query = new LinkedHashMap<>(given);
        query.remove("done");
        var period = query.remove("period");
        var length = period == null ? null : PERIODS.get(period.getFirst());
        if (length != null && !query.containsKey("since")) {
            var since = clock.instant().minus(length).truncatedTo(ChronoUnit.SECONDS);
            query.put("since", List.of(since.toString()));
        }
        return Mono.zip(Mono.defer(() -> deliveries.part(caller, query, PATH)), names(caller))
                .map(data ->
                        list(given, data.getT2())
                                .modelAttribute("page", data.getT1())
                                .modelAttribute("fault", "")
                                .build())
                .onErrorResume(
                        RefusedException.class,
                        e ->
                                names(caller)
                                        .map(names ->
                                                list(given, names)
                                                        .status(HttpStatus.valueOf(e.status()))
                                                        .modelAttribute("fault", e.detail())
                                                        .build()));
    }

    @GetMapping(PATH + "/{id}")
    Mono<Rendering> one(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
        return Mono.zip(deliveries.one(caller, id), names(caller))
                .map(data ->
                        Rendering.view("delivery")
                                .modelAttribute("delivery", data.getT1())
                                .modelAttribute("names", data.getT2())
                                .build());
    }

    @GetMapping("/console/events")
    Mono<Rendering> event(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(name = "event_id", defaultValue = "") String eventId) {
        var id = eventId.strip();
        if (id.isEmpty()) {
            return Mono.just(why(id).build());
        }
        return Mono.zip(deliveries.event(caller, id), names(caller))
                .map(data ->
                        why(id).modelAttribute("event", data.getT1())
                                .modelAttribute("names", data.getT2())
                                .build())
                .onErrorResume(
                        RefusedException.class,
                        _ -> Mono.just(why(id).modelAttribute("unknown", true).build()));
    }

    private static Rendering.Builder<?> why(String eventId) {
        return Rendering.view("event").modelAttribute("eventId", eventId);
    }

    private static Rendering.Builder<?> list(
            Map<String, List<String>> given, Map<UUID, String> names) {
        return Rendering.view("deliveries")
                .modelAttribute("given", first(given))
                .modelAttribute("names", names)
                .modelAttribute("events", TriggerEvent.values())
                .modelAttribute("statuses", Status.values());
    }

    private Mono<Map<UUID, String>> names(Caller caller) {
        return webhooks.all(caller)
                .map(all -> {
                    Map<UUID, String> names = new LinkedHashMap<>();
                    all.forEach(seen ->
                            names.put(seen.webhook().uuid(), seen.webhook().fields().name()));
                    return names;
                });
    }

    /// A form sends its empty fields, too.
    private static Map<String, List<String>> filled(Map<String, List<String>> query) {
        Map<String, List<String>> filled = new LinkedHashMap<>();
        query.forEach((name, values) -> {
            var text = values.getFirst();
            if (text != null && !text.isBlank()) {
                filled.put(name, List.of(text.strip()));
            }
        });
        return filled;
    }

    private static Map<String, String> first(Map<String, List<String>> query) {
        Map<String, String> first = new TreeMap<>();
        query.forEach((name, values) -> first.put(name, values.getFirst()));
        return first;
    }
}
