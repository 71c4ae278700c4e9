package com.avoma.webhooks.config.console.delivery;

import static com.avoma.webhooks.config.console.delivery.DeliveryPageController.PATH;

import com.avoma.webhooks.config.console.SessionRepository;
import com.avoma.webhooks.config.console.live.LiveEvent;
import com.avoma.webhooks.config.console.live.LiveStreams;
import com.avoma.webhooks.config.delivery.DeliveryAnswer;
import com.avoma.webhooks.config.delivery.DeliveryReader;
import com.avoma.webhooks.config.isolation.Scope;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.Page;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.reactive.result.view.Fragment;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// The list of deliveries and the progress of one, sent to the page whenever they change. They are
/// sent, not only announced, so that a page that nobody looks at does not keep its session alive by
/// asking.
@Controller
class LiveDeliveryController {
    private static final Duration LATER = Duration.ofSeconds(30);

    private final DeliveryReader deliveries;
    private final WebhookNames names;
    private final LiveStreams streams;
    private final Clock clock;

    LiveDeliveryController(
            DeliveryReader deliveries, WebhookNames names, LiveStreams streams, Clock clock) {
        this.deliveries = deliveries;
        this.names = names;
        this.streams = streams;
        this.clock = clock;
    }

    /// What is shown of a list.
    private record Listed(Page<DeliveryAnswer> page, Map<UUID, String> names) {}

    @GetMapping(path = PATH + "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<Fragment>> list(
            @AuthenticationPrincipal Caller caller, ServerHttpRequest request, WebSession session) {
        var query = DeliveryQuery.of(request.getQueryParams());
        return stream(
                caller,
                query,
                session,
                () ->
                        Mono.zip(
                                deliveries.part(caller, query.at(clock.instant()), PATH),
                                names.of(caller),
                                Listed::new),
                listed ->
                        Fragment.create(
                                "delivery-list",
                                Map.of(
                                        "page",
                                        listed.page(),
                                        "names",
                                        listed.names(),
                                        "labels",
                                        DeliveryPageController.LABELS)));
    }

    @GetMapping(path = PATH + "/{id}/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<Fragment>> one(
            @AuthenticationPrincipal Caller caller, @PathVariable String id, WebSession session) {
        return stream(
                caller,
                id,
                session,
                () -> deliveries.progress(caller, id),
                delivery -> Fragment.create("delivery-progress", Map.of("delivery", delivery)));
    }

    /// @param what of the organization is watched
    private <T> Flux<ServerSentEvent<Fragment>> stream(
            Caller caller,
            Object what,
            WebSession session,
            Supplier<Mono<T>> read,
            Function<T, Fragment> view) {
        var organization = caller.organization();
        return streams.of(
                        List.of(organization, what),
                        // the feed goes on when whoever was the first to watch is gone
                        () -> read.get().contextWrite(Scope.of(organization)),
                        () -> SessionRepository.holds(session))
                .map(event ->
                        switch (event) {
                            case LiveEvent.Seen<T>(var value) ->
                                    event("seen", view.apply(value)).build();
                            case LiveEvent.Beat<T> _ ->
                                    event("beat", Fragment.create("live-beat")).build();
                            case LiveEvent.Over<T> _ ->
                                    event("over", Fragment.create("live-over")).build();
                            case LiveEvent.Full<T> _ ->
                                    event("full", Fragment.create("live-full"))
                                            .retry(LATER)
                                            .build();
                        });
    }

    private static ServerSentEvent.Builder<Fragment> event(String name, Fragment fragment) {
        return ServerSentEvent.builder(fragment).event(name);
    }
}
