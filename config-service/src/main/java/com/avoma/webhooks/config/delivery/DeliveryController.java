package com.avoma.webhooks.config.delivery;

import com.avoma.webhooks.config.deliverylog.DeliveryRepository;
import com.avoma.webhooks.config.deliverylog.LoggedDelivery;
import com.avoma.webhooks.config.web.Addresses;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.ListKey;
import com.avoma.webhooks.config.web.Page;
import com.avoma.webhooks.config.web.RefusedException;
import com.avoma.webhooks.config.web.Window;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    private final DeliveryPageRepository pages;
    private final DeliveryRepository deliveries;
    private final AttemptRepository attempts;
    private final BodyClient bodies;

    DeliveryController(
            DeliveryPageRepository pages,
            DeliveryRepository deliveries,
            AttemptRepository attempts,
            BodyClient bodies) {
        this.pages = pages;
        this.deliveries = deliveries;
        this.attempts = attempts;
        this.bodies = bodies;
    }

    @Operation(
            operationId = "listDeliveries",
            summary = "List deliveries, newest event first",
            description =
                    "Those that every given filter fits. `count` stops at 10,000. Of a response"
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
        var query = request.getQueryParams();
        var window = Window.of(query, DeliveryFilter.NAMES);
        var filter = DeliveryFilter.of(query);
        var border = border(window.key());
        var organization = caller.organization();
        var address = Addresses.of(request.getURI()) + filter.query();
        var part = pages.part(organization, filter, window.forward(), border, window.limit() + 1);
        return Mono.zip(pages.count(organization, filter), part)
                .map(both ->
                        Page.cut(
                                both.getT1(),
                                both.getT2(),
                                delivery -> ListKey.text(delivery.created(), delivery.messageId()),
                                window,
                                address))
                .flatMap(page ->
                        attempts.of(organization, page.results(), AttemptRepository.LISTED_EXCERPT)
                                .map(made ->
                                        page.map(delivery ->
                                                DeliveryAnswer.of(
                                                        delivery,
                                                        made.getOrDefault(
                                                                delivery.key(), List.of())))));
    }

    @Operation(
            operationId = "getDelivery",
            summary = "Show a delivery with every attempt and the body",
            description =
                    "`body` is read back from Kafka. Once retention took it, it is null and"
                            + " `body_expired` is true; null and false: Kafka does not answer now.")
    @GetMapping("/{id}")
    Mono<DeliveryDetail> get(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
        return deliveries
                .one(caller.organization(), id)
                .switchIfEmpty(Mono.error(() -> RefusedException.notFound("delivery")))
                .flatMap(delivery ->
                        Mono.zip(
                                attempts.of(
                                        caller.organization(),
                                        List.of(delivery),
                                        Integer.MAX_VALUE),
                                bodies.of(delivery),
                                (made, body) ->
                                        DeliveryDetail.of(
                                                DeliveryAnswer.of(
                                                        delivery,
                                                        made.getOrDefault(
                                                                delivery.key(), List.of())),
                                                body)));
    }

    /// What [ListKey#text] made of a delivery.
    private static LoggedDelivery.@Nullable Key border(@Nullable String key) {
        if (key == null) {
            return null;
        }
        var parts = key.split(" ", 2);
        if (parts.length < 2 || !parts[0].matches("[0-9]{1,19}") || parts[1].indexOf('\0') >= 0) {
            throw RefusedException.invalid("cursor", "must be one that a list gave");
        }
        try {
            return new LoggedDelivery.Key(
                    parts[1], Instant.EPOCH.plus(Long.parseLong(parts[0]), ChronoUnit.MICROS));
        } catch (ArithmeticException | NumberFormatException _) {
            throw RefusedException.invalid("cursor", "must be one that a list gave");
        }
    }
}
