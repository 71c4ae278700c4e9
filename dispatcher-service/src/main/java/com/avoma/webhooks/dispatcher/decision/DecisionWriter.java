package com.avoma.webhooks.dispatcher.decision;

import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.common.json.JsonBytes;
import java.util.UUID;

/// A decision as JSON, the same as [com.avoma.webhooks.common.json.Json] makes of it, in a fraction
/// of the time: every event pays for one, and for a line of it for each webhook.
final class DecisionWriter {
    private static final int HEAD = 512;
    private static final int LINE = 144;

    private final JsonBytes out;

    private DecisionWriter(int decisions) {
        out = new JsonBytes(HEAD + decisions * LINE);
    }

    static byte[] write(RoutingDecision decision) {
        var writer = new DecisionWriter(decision.decisions().size());
        writer.head(decision);
        writer.decisions(decision);
        return writer.out.bytes();
    }

    private void head(RoutingDecision decision) {
        out.ascii("{\"organization_uuid\":").uuid(decision.organizationUuid());
        out.ascii(",\"event_id\":").text(decision.eventId());
        out.ascii(",\"event_source\":").text(decision.eventSource());
        out.ascii(",\"event_type\":").text(decision.eventType());
        out.ascii(",\"user_uuid\":").text(decision.userUuid());
        out.ascii(",\"time\":").time(decision.time());
        out.ascii(",\"decided_at\":").time(decision.decidedAt());
        out.ascii(",\"config_revision\":").number(decision.configRevision());
        out.ascii(",\"user_teams\":[");
        boolean first = true;
        for (UUID team : decision.userTeams()) {
            out.ascii(first ? "" : ",").uuid(team);
            first = false;
        }
        out.ascii("],\"event\":{\"topic\":").text(decision.event().topic());
        out.ascii(",\"partition\":").number(decision.event().partition());
        out.ascii(",\"offset\":").number(decision.event().offset());
        out.ascii("}");
    }

    private void decisions(RoutingDecision decision) {
        out.ascii(",\"decisions\":[");
        boolean first = true;
        for (var one : decision.decisions()) {
            out.ascii(first ? "{\"webhook_uuid\":" : ",{\"webhook_uuid\":");
            first = false;
            out.uuid(one.webhookUuid());
            out.ascii(one.matched() ? ",\"matched\":true" : ",\"matched\":false");
            out.ascii(",\"reason\":").text(word(one.reason()));
            out.ascii(",\"message_id\":").text(one.messageId()).ascii("}");
        }
        out.ascii("]}");
    }

    private static String word(RoutingDecision.Reason reason) {
        return switch (reason) {
            case MATCHED -> "matched";
            case OTHER_TRIGGER -> "other_trigger";
            case OUT_OF_SCOPE -> "out_of_scope";
            case INACTIVE -> "inactive";
            case PLAN -> "plan";
        };
    }
}
