package com.avoma.webhooks.config.replay;

import com.avoma.webhooks.common.decision.RoutingDecision.Reason;
import com.avoma.webhooks.config.deliverylog.LoggedDelivery;
import com.avoma.webhooks.config.deliverylog.Status;
import com.avoma.webhooks.config.matchpreview.Candidate;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which of the things that were found are sent again, by what the delivery log knows of them.
/// Pure.
///
/// @param webhook as it is now; that it is inactive does not matter here
/// @param known deliveries by their id
/// @param teams of the events' users, as they are now
public record Choice(
        Only only,
        Candidate webhook,
        Map<String, LoggedDelivery> known,
        Map<UUID, Set<UUID>> teams) {

    /// What is to be sent, in the order in which it was found.
    ///
    /// @param logged how many of them the log knows
    public record Chosen(Collection<Replayable> replayables, long logged) {}

    public Chosen of(Collection<Replayable> found) {
        Map<String, Replayable> chosen = new LinkedHashMap<>();
        long logged = 0;
        for (var one : found) {
            var id = one.job().messageId();
            var delivery = known.get(id);
            boolean wanted = delivery == null ? isNew(one) : isEnded(one, delivery);
            if (wanted && chosen.putIfAbsent(id, one) == null && delivery != null) {
                logged++;
            }
        }
        return new Chosen(chosen.values(), logged);
    }

    /// A dead letter that the log has not heard of yet, or no more; or an event that the webhook
    /// never got, and would get now.
    private boolean isNew(Replayable one) {
        return switch (only) {
            case FAILED -> true;
            case ALL ->
                    new Candidate(webhook.eventType(), true, webhook.teams())
                                    .judge(one.job().eventType(), true, teamsOf(one))
                            == Reason.MATCHED;
        };
    }

    /// What is still pending comes anyway, and of a delivery that died or was routed twice the
    /// place that the log has is the one that counts.
    private boolean isEnded(Replayable one, LoggedDelivery delivery) {
        var status = delivery.progress().status();
        return switch (only) {
            case FAILED -> status == Status.DEAD_LETTERED && isLatest(one, delivery);
            case ALL -> status == Status.DELIVERED || status == Status.DEAD_LETTERED;
        };
    }

    private static boolean isLatest(Replayable one, LoggedDelivery delivery) {
        var last = delivery.progress().last();
        return last == null
                || !last.body().topic().equals(one.place().topic())
                || last.body().equals(one.place());
    }

    private Set<UUID> teamsOf(Replayable one) {
        var user = userOf(one);
        return user == null ? Set.of() : teams.getOrDefault(user, Set.of());
    }

    /// The user of an event; null: nobody that the directory could know.
    public static @Nullable UUID userOf(Replayable one) {
        try {
            var text = one.job().userId();
            return text.length() == 36 ? UUID.fromString(text) : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
