package com.avoma.webhooks.dispatcher.decision;

import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.common.time.InstantText;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/// A decision as JSON, the same as [com.avoma.webhooks.common.json.Json] makes of it, in a fraction
/// of the time: every event pays for one, and for a line of it for each webhook. Types, topics and
/// message ids are of letters, digits and a few marks; what a producer chose is escaped.
final class DecisionWriter {
    private static final int HEAD = 512;
    private static final int LINE = 144;

    private final StringBuilder out;

    private DecisionWriter(int decisions) {
        out = new StringBuilder(HEAD + decisions * LINE);
    }

    static byte[] write(RoutingDecision decision) {
        var writer = new DecisionWriter(decision.decisions().size());
        writer.head(decision);
        writer.decisions(decision);
        return writer.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void head(RoutingDecision decision) {
        out.append("{\"organization_uuid\":\"").append(decision.organizationUuid());
        out.append("\",\"event_id\":");
        text(decision.eventId());
        out.append(",\"event_source\":");
        text(decision.eventSource());
        out.append(",\"event_type\":\"").append(decision.eventType());
        out.append("\",\"user_uuid\":");
        text(decision.userUuid());
        out.append(",\"time\":\"").append(InstantText.of(decision.time()));
        out.append("\",\"decided_at\":\"").append(InstantText.of(decision.decidedAt()));
        out.append("\",\"config_revision\":").append(decision.configRevision());
        out.append(",\"user_teams\":[");
        char before = 0;
        for (UUID team : decision.userTeams()) {
            if (before != 0) {
                out.append(before);
            }
            out.append('"').append(team).append('"');
            before = ',';
        }
        out.append("],\"event\":{\"topic\":\"").append(decision.event().topic());
        out.append("\",\"partition\":").append(decision.event().partition());
        out.append(",\"offset\":").append(decision.event().offset()).append('}');
    }

    private void decisions(RoutingDecision decision) {
        out.append(",\"decisions\":[");
        boolean first = true;
        for (var one : decision.decisions()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            out.append("{\"webhook_uuid\":\"").append(one.webhookUuid());
            out.append("\",\"matched\":").append(one.matched());
            out.append(",\"reason\":\"").append(word(one.reason()));
            out.append("\",\"message_id\":");
            if (one.messageId() == null) {
                out.append("null}");
            } else {
                out.append('"').append(one.messageId()).append("\"}");
            }
        }
        out.append("]}");
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

    private void text(String value) {
        out.append('"');
        if (isPlain(value)) {
            out.append(value);
        } else {
            escaped(value);
        }
        out.append('"');
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    private void escaped(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || (Character.isSurrogate(c) && isAlone(value, i))) {
                out.append("\\u").append(HexFormat.of().withUpperCase().toHexDigits(c));
            } else {
                out.append(c);
            }
        }
    }

    private static boolean isAlone(String value, int i) {
        char c = value.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1))
                : i == 0 || !Character.isHighSurrogate(value.charAt(i - 1));
    }
}
