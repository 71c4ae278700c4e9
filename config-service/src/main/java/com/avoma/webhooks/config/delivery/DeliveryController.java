package com.avoma.webhooks.config.delivery;

import com.avoma.webhooks.config.web.Addresses;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// `/v1/deliveries/`: the delivery log, newest event first.
@RestController
@RequestMapping("/v1/deliveries")
class DeliveryController {
    private final DeliveryReader deliveries;

    DeliveryController(DeliveryReader deliveries) {
        this.deliveries = deliveries;
    }

    @Operation(
            operationId = "listDeliveries",
            summary = "List deliveries, newest event first",
            description =
                    "Those that every given filter fits. `count` stops at 1,000. Of a response"
                            + " excerpt the first 1,024 characters are shown.",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "webhook",
                        description = "The webhook's uuid; one that was deleted, too",
                        schema = @Schema(type = "string")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "event_type",
                        description = "The trigger event",
                        schema = @Schema(type = "string")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "status",
                        description = "`pending`, `delivered`, `dead_lettered` or `canceled`",
                        schema = @Schema(type = "string")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "since",
                        description = "Events from this time on (RFC 3339)",
                        schema = @Schema(type = "string")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "until",
                        description = "Events before this time (RFC 3339)",
                        schema = @Schema(type = "string")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "event_id",
                        description = "The event's id",
                        schema = @Schema(type = "string"))
            })
    @GetMapping
    Mono<Page<DeliveryAnswer>> list(
            @AuthenticationPrincipal Caller caller, ServerHttpRequest request) {
        return deliveries.part(caller, request.getQueryParams(), Addresses.of(request.getURI()));
    }

    @Operation(
            operationId = "getDelivery",
            summary = "Show a delivery with every attempt and the body",
            description =
                    "`body` is read back from Kafka. Once retention took it, it is null and"
                            + " `body_expired` is true; null and false: Kafka does not answer now."
                            + " Each attempt's `target_url` is where that one was sent.")
    @GetMapping("/{id}")
    Mono<DeliveryDetail> get(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
        return deliveries.one(caller, id);
    }
}
