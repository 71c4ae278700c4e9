package com.avoma.webhooks.config.matchpreview;

import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.JsonBody;
import com.avoma.webhooks.config.web.RefusedException;
import io.swagger.v3.oas.annotations.Operation;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/// `/v1/webhooks/match-preview/` for a new webhook, `/v1/webhooks/{uuid}/match-preview/` for an
/// edited one: [MatchPreviews] in HTTP.
@RestController
@RequestMapping("/v1/webhooks")
class MatchPreviewController {
    private final MatchPreviews previews;

    MatchPreviewController(MatchPreviews previews) {
        this.previews = previews;
    }

    @Operation(
            operationId = "previewNewWebhook",
            summary = "Show which of the latest 100 events a new webhook would get")
    @PostMapping("/match-preview")
    Mono<MatchPreview> ofNew(
            @AuthenticationPrincipal Caller caller,
            @RequestBody(required = false) byte @Nullable [] body) {
        return previews.ofNew(caller, body);
    }

    @Operation(
            operationId = "previewWebhook",
            summary = "Show which of the latest 100 events a webhook would get, as it is or edited")
    @PostMapping("/{uuid}/match-preview")
    Mono<MatchPreview> ofEdited(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String uuid,
            @RequestBody(required = false) byte @Nullable [] body) {
        var id = JsonBody.uuid(uuid).orElseThrow(() -> RefusedException.notFound("webhook"));
        return previews.ofEdited(caller, id, body);
    }
}
