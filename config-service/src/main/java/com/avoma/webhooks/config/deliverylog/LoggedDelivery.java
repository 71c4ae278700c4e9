package com.avoma.webhooks.config.deliverylog;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.common.job.DeliveryJob;
import java.time.Instant;
import java.util.UUID;

/// One event for one webhook, and how far it has come.
///
/// @param messageId its `webhook-id`
/// @param created when the event happened: with the id, what tells it from others
/// @param test whether it is a test send, which is in no account
public record LoggedDelivery(
        UUID organizationUuid,
        String messageId,
        Instant created,
        UUID webhookUuid,
        String eventId,
        String eventSource,
        String eventType,
        boolean test,
        Progress progress) {

    /// What tells a delivery from others.
    public record Key(String messageId, Instant created) implements Comparable<Key> {
        @Override
        public int compareTo(Key that) {
            int byId = messageId.compareTo(that.messageId);
            return byId == 0 ? created.compareTo(that.created) : byId;
        }
    }

    public static LoggedDelivery of(AttemptRecord attempt) {
        return new LoggedDelivery(
                attempt.organizationUuid(),
                attempt.messageId(),
                attempt.eventTime(),
                attempt.webhookUuid(),
                attempt.eventId(),
                attempt.eventSource(),
                attempt.eventType(),
                attempt.test(),
                Progress.stepped(
                        new Progress.Step(
                                attempt.startedAt(),
                                attempt.verdict(),
                                attempt.nextAttemptAt(),
                                attempt.job()),
                        attempt.manual()));
    }

    /// @param messageId of a webhook that matched
    public static LoggedDelivery of(RoutingDecision decision, UUID webhook, String messageId) {
        return new LoggedDelivery(
                decision.organizationUuid(),
                messageId,
                decision.time(),
                webhook,
                decision.eventId(),
                decision.eventSource(),
                decision.eventType(),
                false,
                Progress.decided(decision.decidedAt(), decision.event()));
    }

    /// A dead letter.
    ///
    /// @param at when it was written
    /// @param where its own place
    public static LoggedDelivery dead(DeliveryJob job, Instant at, Position where) {
        return of(
                job,
                Progress.stepped(
                        new Progress.Step(at, Verdict.DEAD_LETTERED, null, where),
                        job.origin() != DeliveryJob.Origin.EVENT));
    }

    /// A job that a person asked for.
    public static LoggedDelivery requested(DeliveryJob job, Instant at) {
        return of(job, Progress.requested(at));
    }

    public Key key() {
        return new Key(messageId, created);
    }

    /// The same with what both know.
    public LoggedDelivery merge(LoggedDelivery that) {
        return new LoggedDelivery(
                organizationUuid,
                messageId,
                created,
                webhookUuid,
                eventId,
                eventSource,
                eventType,
                test || that.test,
                progress.merge(that.progress));
    }

    private static LoggedDelivery of(DeliveryJob job, Progress progress) {
        return new LoggedDelivery(
                job.organizationUuid(),
                job.messageId(),
                job.eventTime(),
                job.webhookUuid(),
                job.eventId(),
                job.eventSource(),
                job.eventType(),
                job.origin() == DeliveryJob.Origin.TEST,
                progress);
    }
}
