package com.avoma.webhooks.config.delivery;

import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.config.directory.DirectoryRepository;
import com.avoma.webhooks.config.directory.DirectoryRepository.TeamName;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.RefusedException;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Map;
import java.util.UUID;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// `/v1/events/{event_id}/`: why an event went where it went.
@RestController
class EventController {
    private final DecisionRepository decisions;
    private final DirectoryRepository directory;

    EventController(DecisionRepository decisions, DirectoryRepository directory) {
        this.decisions = decisions;
        this.directory = directory;
    }

    @Operation(
            operationId = "getEvent",
            summary = "Show why each webhook did or did not get an event",
            description =
                    "An event that was published twice was decided twice; the latest decision is"
                            + " shown. Of an organization without webhooks nothing is decided.")
    @GetMapping("/v1/events/{eventId}")
    Mono<EventAnswer> get(@AuthenticationPrincipal Caller caller, @PathVariable String eventId) {
        return decisions
                .latest(caller.organization(), eventId)
                .switchIfEmpty(Mono.error(() -> RefusedException.notFound("event")))
                .zipWith(
                        directory
                                .teams(caller.organization())
                                .collectMap(TeamName::uuid, TeamName::name),
                        EventController::answer);
    }

    private static EventAnswer answer(RoutingDecision event, Map<UUID, String> teams) {
        return new EventAnswer(
                event.eventId(),
                event.eventSource(),
                event.eventType(),
                event.userUuid(),
                event.time(),
                event.decidedAt(),
                event.configRevision(),
                event.userTeams().stream().sorted().toList(),
                event.decisions().stream()
                        .map(one ->
                                new EventAnswer.DecisionAnswer(
                                        one.webhookUuid(),
                                        one.matched(),
                                        one.reason(),
                                        ReasonText.of(event, one.reason(), teams),
                                        one.messageId()))
                        .toList());
    }
}
