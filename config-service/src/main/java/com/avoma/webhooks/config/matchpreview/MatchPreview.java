package com.avoma.webhooks.config.matchpreview;

import com.avoma.webhooks.common.decision.RoutingDecision.Reason;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/// What a webhook would have made of the organization's latest events.
///
/// @param events how many were looked at
/// @param matched how many of them it would get
/// @param decisions one for each event, newest first
@Schema(name = "MatchPreview")
public record MatchPreview(int events, int matched, List<Decision> decisions) {
    /// @param time when the event happened
    @Schema(name = "PreviewedDecision")
    public record Decision(String eventId, Instant time, boolean matched, Reason reason) {}

    static MatchPreview of(Candidate webhook, boolean planHasWebhooks, List<PastEvent> events) {
        var decisions =
                events.stream().map(event -> decide(webhook, planHasWebhooks, event)).toList();
        int matched = (int) decisions.stream().filter(Decision::matched).count();
        return new MatchPreview(decisions.size(), matched, decisions);
    }

    private static Decision decide(Candidate webhook, boolean planHasWebhooks, PastEvent event) {
        var reason = webhook.judge(event.eventType(), planHasWebhooks, event.userTeams());
        return new Decision(event.eventId(), event.time(), reason == Reason.MATCHED, reason);
    }
}
