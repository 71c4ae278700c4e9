package com.avoma.webhooks.config.directory;

import com.avoma.webhooks.config.directory.DirectoryRepository.TeamName;
import com.avoma.webhooks.config.web.Addresses;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.Page;
import com.avoma.webhooks.config.web.Window;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Locale;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// `/v1/teams/`: what a webhook's scope can be chosen from, by name.
@RestController
class TeamController {
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
        return directory
                .teams(caller.organization())
                .collectList()
                .map(teams ->
                        Page.of(
                                teams,
                                TeamController::key,
                                window,
                                Addresses.of(request.getURI())));
    }

    private static String key(TeamName team) {
        return team.name().toLowerCase(Locale.ROOT) + '\0' + team.uuid();
    }
}
