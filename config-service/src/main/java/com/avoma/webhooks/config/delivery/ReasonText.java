package com.avoma.webhooks.config.delivery;

import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.common.decision.RoutingDecision.Reason;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Says why a webhook did or did not get an event, in a sentence for its admins. Pure.
final class ReasonText {
    private ReasonText() {}

    /// @param names of the organization's teams, as far as they are still there
    static String of(RoutingDecision event, Reason reason, Map<UUID, String> names) {
        return switch (reason) {
            case MATCHED ->
                    "The webhook is triggered by %s, and its scope includes the user: %s."
                            .formatted(event.eventType(), teams(event, names));
            case OTHER_TRIGGER ->
                    "The webhook is triggered by another event than %s."
                            .formatted(event.eventType());
            case OUT_OF_SCOPE ->
                    "The webhook is limited to teams, and the user is in none of them: %s."
                            .formatted(teams(event, names));
            case INACTIVE -> "The webhook was switched off.";
            case PLAN -> "The organization's plan had no webhooks.";
        };
    }

    /// When that was decided, and under what.
    static String decided(RoutingDecision event) {
        return "Decided at %s under revision %d of the setup."
                .formatted(
                        event.decidedAt().truncatedTo(ChronoUnit.SECONDS), event.configRevision());
    }

    private static String teams(RoutingDecision event, Map<UUID, String> names) {
        List<String> teams =
                event.userTeams().stream()
                        .map(team -> names.getOrDefault(team, team + " (since deleted)"))
                        .sorted()
                        .toList();
        var user = "user " + event.userUuid();
        return switch (teams.size()) {
            case 0 -> user + " was in no team";
            case 1 -> user + " was in the team " + teams.getFirst();
            default ->
                    "%s was in the teams %s and %s"
                            .formatted(
                                    user,
                                    String.join(", ", teams.subList(0, teams.size() - 1)),
                                    teams.getLast());
        };
    }
}
