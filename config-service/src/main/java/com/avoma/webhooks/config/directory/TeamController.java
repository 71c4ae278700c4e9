package com.avoma.webhooks.config.directory;

import com.avoma.webhooks.config.directory.DirectoryRepository.Border;
import com.avoma.webhooks.config.directory.DirectoryRepository.Place;
import com.avoma.webhooks.config.directory.DirectoryRepository.TeamName;
import com.avoma.webhooks.config.web.Addresses;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.JsonBody;
import com.avoma.webhooks.config.web.Page;
import com.avoma.webhooks.config.web.Window;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// `/v1/teams/`: what a webhook's scope can be chosen from, by name.
@RestController
class TeamController {
    private static final char SEPARATOR = '\0';

    private final DirectoryRepository directory;

    TeamController(DirectoryRepository directory) {
        this.directory = directory;
    }

    @Operation(
            operationId = "listTeams",
            summary = "List the teams that a webhook can be limited to, by name")
    @GetMapping("/v1/teams")
    Mono<Page<TeamName>> list(@AuthenticationPrincipal Caller caller, ServerHttpRequest request) {
        var window = Window.of(request.getQueryParams());
        var address = Addresses.of(request.getURI());
        var border = border(window.key());
        var organization = caller.organization();
        return Mono.zip(
                        directory.teamsExtent(organization, window, border),
                        directory.teams(organization, window, border).collectList())
                .map(both ->
                        Page.cut(both.getT1(), both.getT2(), TeamController::key, window, address)
                                .map(Place::team));
    }

    private static String key(Place place) {
        return place.name() + SEPARATOR + place.team().uuid();
    }

    /// The border that a cursor names: the beginning of the list where there is none.
    private static Border border(@Nullable String key) {
        if (key == null) {
            return Border.FIRST;
        }
        // a name has no NUL: PostgreSQL knows none
        int end = key.indexOf(SEPARATOR);
        if (end < 0) {
            throw Window.notGiven();
        }
        var uuid = JsonBody.uuid(key.substring(end + 1)).orElseThrow(Window::notGiven);
        return new Border(key.substring(0, end), uuid);
    }
}
