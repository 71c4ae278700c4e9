package com.avoma.webhooks.config.delivery;

import com.avoma.webhooks.config.web.Caller;
import io.swagger.v3.oas.annotations.Operation;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// `/v1/events/{event_id}/`: why an event went where it went.
@RestController
class EventController {
    private final DeliveryReader deliveries;

    EventController(DeliveryReader deliveries) {
        this.deliveries = deliveries;
    }

    @Operation(
            operationId = "getEvent",
            summary = "Show why each webhook did or did not get an event",
            description =
                    "An event that was published twice was decided twice; the latest decision is"
                            + " shown. Of an organization without webhooks nothing is decided.")
    @GetMapping("/v1/events/{eventId}")
    Mono<EventAnswer> get(@AuthenticationPrincipal Caller caller, @PathVariable String eventId) {
        return deliveries.event(caller, eventId);
    }
}
