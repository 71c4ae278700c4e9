package com.avoma.webhooks.config.console.delivery;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.config.console.Done;
import com.avoma.webhooks.config.console.PageConfiguration;
import com.avoma.webhooks.config.delivery.DeliveryReader;
import com.avoma.webhooks.config.deliverylog.Status;
import com.avoma.webhooks.config.redelivery.Redeliveries;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.RefusedException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import reactor.core.publisher.Mono;

/// The Deliveries tab, one delivery's page, and why an event went where it went. What keeps them
/// live is [LiveDeliveryController].
@Controller
class DeliveryPageController {
    static final String PATH = "/console/deliveries";

    /// What trigger events are called, by the wire's name.
    static final Map<String, String> LABELS =
            Arrays.stream(TriggerEvent.values())
                    .collect(Collectors.toMap(TriggerEvent::name, TriggerEvent::label));

    private final DeliveryReader deliveries;
    private final Redeliveries redeliveries;
    private final WebhookNames names;
    private final Clock clock;

    DeliveryPageController(
            DeliveryReader deliveries, Redeliveries redeliveries, WebhookNames names, Clock clock) {
        this.deliveries = deliveries;
        this.redeliveries = redeliveries;
        this.names = names;
        this.clock = clock;
    }

    @GetMapping(PATH)
    Mono<Rendering> page(@AuthenticationPrincipal Caller caller, ServerHttpRequest request) {
        var query = DeliveryQuery.of(request.getQueryParams());
        boolean live = query.newest() && !"off".equals(request.getQueryParams().getFirst("live"));
        return Mono.zip(
                        Mono.defer(() -> deliveries.part(caller, query.at(clock.instant()), PATH)),
                        names.of(caller))
                .map(data ->
                        list(query, data.getT2())
                                .modelAttribute("page", data.getT1())
                                .modelAttribute("fault", "")
                                .modelAttribute("live", live)
                                .build())
                .onErrorResume(
                        RefusedException.class,
                        e ->
                                names.of(caller)
                                        .map(known ->
                                                list(query, known)
                                                        .status(HttpStatus.valueOf(e.status()))
                                                        .modelAttribute("fault", e.detail())
                                                        .modelAttribute("live", false)
                                                        .build()));
    }

    @GetMapping(PATH + "/{id}")
    Mono<Rendering> one(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
        return deliveries
                .one(caller, id)
                .zipWhen(delivery -> names.webhook(caller, delivery.webhookUuid()))
                .map(data -> {
                    var page =
                            Rendering.view("delivery")
                                    .modelAttribute("labels", LABELS)
                                    .modelAttribute("delivery", data.getT1());
                    data.getT2().ifPresent(webhook -> page.modelAttribute("webhook", webhook));
                    return page.build();
                });
    }

    @PostMapping(PATH + "/{id}/redeliver")
    Mono<Rendering> redeliver(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
        return redeliveries
                .send(caller, id, _ -> null)
                .map(delivery ->
                        PageConfiguration.redirect(
                                Done.REDELIVERED.at(PATH + "/" + delivery.id())));
    }

    @GetMapping("/console/events")
    Mono<Rendering> event(
            @AuthenticationPrincipal Caller caller,
            @RequestParam(name = "event_id", defaultValue = "") String eventId) {
        var id = eventId.strip();
        if (id.isEmpty()) {
            return Mono.just(why(id).build());
        }
        return Mono.zip(deliveries.event(caller, id), names.of(caller))
                .map(data ->
                        why(id).modelAttribute("event", data.getT1())
                                .modelAttribute("names", data.getT2())
                                .build())
                .onErrorResume(
                        RefusedException.class,
                        _ -> Mono.just(why(id).modelAttribute("unknown", true).build()));
    }

    private static Rendering.Builder<?> why(String eventId) {
        return Rendering.view("event")
                .modelAttribute("labels", LABELS)
                .modelAttribute("eventId", eventId);
    }

    private static Rendering.Builder<?> list(DeliveryQuery query, Map<UUID, String> names) {
        return Rendering.view("deliveries")
                .modelAttribute("labels", LABELS)
                .modelAttribute("given", query.fields())
                .modelAttribute("names", names)
                .modelAttribute("events", TriggerEvent.values())
                .modelAttribute("statuses", Status.values());
    }
}
