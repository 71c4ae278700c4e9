package com.avoma.webhooks.common.job;

import com.avoma.webhooks.common.json.Payload;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One event for one webhook: a record of `delivery-jobs`, a retry topic or `delivery-deferred`.
///
/// @param messageId the `webhook-id`, see [MessageId]
/// @param webhookUuid the webhook, and the record's key
/// @param configRevision the revision of the organization's snapshot that the event was routed
///   under; it may be judged under that one or a later one, never an earlier
/// @param eventTime when the event happened, by the producer's clock
/// @param attempt the number of the attempt to make next, from 1
/// @param dueAt when that attempt is due; null: at once
/// @param origin what put the job here
/// @param trace the producer's trace context, if it sent one
/// @param body the exact bytes to sign and send
/// @param deferredSince when it was first put off since its last attempt; null: it was not
public record DeliveryJob(
        String messageId,
        UUID organizationUuid,
        UUID webhookUuid,
        long configRevision,
        String eventId,
        String eventSource,
        String eventType,
        Instant eventTime,
        String userId,
        int attempt,
        @Nullable Instant dueAt,
        Origin origin,
        @Nullable TraceContext trace,
        Payload body,
        @Nullable Instant deferredSince) {

    /// A job that was not put off.
    public DeliveryJob(
            String messageId,
            UUID organizationUuid,
            UUID webhookUuid,
            long configRevision,
            String eventId,
            String eventSource,
            String eventType,
            Instant eventTime,
            String userId,
            int attempt,
            @Nullable Instant dueAt,
            Origin origin,
            @Nullable TraceContext trace,
            Payload body) {
        this(
                messageId,
                organizationUuid,
                webhookUuid,
                configRevision,
                eventId,
                eventSource,
                eventType,
                eventTime,
                userId,
                attempt,
                dueAt,
                origin,
                trace,
                body,
                null);
    }

    /// What put a job on its topic.
    public enum Origin {
        /// An event that was just published.
        EVENT,
        /// An admin asked for this one again.
        REDELIVERY,
        /// A recovery of many.
        RECOVERY,
        /// An admin tries the webhook out: sent although the webhook is inactive, with
        /// `webhooks-test: true`, once.
        TEST
    }

    /// The same job with its next attempt due later.
    ///
    /// @param trace what that attempt is in the course of
    public DeliveryJob retry(int attempt, Instant dueAt, @Nullable TraceContext trace) {
        return with(attempt, dueAt, trace, null);
    }

    /// The same job with the same attempt, put off.
    public DeliveryJob deferred(Instant now, Instant dueAt) {
        return with(attempt, dueAt, trace, deferredSince == null ? now : deferredSince);
    }

    private DeliveryJob with(
            int attempt,
            Instant dueAt,
            @Nullable TraceContext trace,
            @Nullable Instant deferredSince) {
        return new DeliveryJob(
                messageId,
                organizationUuid,
                webhookUuid,
                configRevision,
                eventId,
                eventSource,
                eventType,
                eventTime,
                userId,
                attempt,
                dueAt,
                origin,
                trace,
                body,
                deferredSince);
    }
}
