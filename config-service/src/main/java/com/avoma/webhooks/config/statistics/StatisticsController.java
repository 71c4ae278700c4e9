package com.avoma.webhooks.config.statistics;

import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.JsonBody;
import com.avoma.webhooks.config.web.RefusedException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// `/v1/webhooks/{uuid}/statistics/`.
@RestController
class StatisticsController {
    private final StatisticsReader statistics;

    StatisticsController(StatisticsReader statistics) {
        this.statistics = statistics;
    }

    @Operation(
            operationId = "getStatistics",
            summary = "Show how a webhook's attempts went",
            description =
                    "Counted by five minutes, and for more than four days by six hours: `from` is"
                            + " taken down to a whole step and `until` up to one. Test sends are"
                            + " not counted.",
            parameters = {
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "from",
                        description = "Its beginning (RFC 3339); a day before `until` by default",
                        schema = @Schema(type = "string")),
                @Parameter(
                        in = ParameterIn.QUERY,
                        name = "until",
                        description = "Its end (RFC 3339); now by default",
                        schema = @Schema(type = "string"))
            })
    @GetMapping("/v1/webhooks/{uuid}/statistics")
    Mono<StatisticsAnswer> get(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String uuid,
            ServerHttpRequest request) {
        var webhook = JsonBody.uuid(uuid).orElseThrow(() -> RefusedException.notFound("webhook"));
        return statistics.of(caller, webhook, request.getQueryParams());
    }
}
