package com.avoma.webhooks.config.ledger;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The organization's ledger. Its unit is one event for one webhook that the organization had when
/// the event was routed.
///
/// @param asOf when the counts were taken
/// @param checkedAt when the jobs on Kafka were last looked through; null: not yet
/// @param webhooks each that ever had an event, deleted ones too
/// @param unaccounted at most a hundred, oldest first
@Schema(name = "Ledger")
public record LedgerAnswer(
        Instant asOf,
        @Nullable Instant checkedAt,
        Counts total,
        List<OfWebhook> webhooks,
        List<Unaccounted> unaccounted) {

    /// @param accepted routed, or sent by a recovery
    /// @param filtered the webhook does not get the event
    /// @param pending a job of it waits, or is too young to be looked for
    /// @param expired still pending when the log's retention took it
    /// @param unaccounted accepted, not ended, overdue, and no job of it is found
    /// @param unexpected attempted, though no decision is known
    /// @param difference accepted less all but the last; 0 unless the log itself is wrong
    @Schema(name = "LedgerCounts")
    public record Counts(
            long accepted,
            long filtered,
            long delivered,
            long deadLettered,
            long canceled,
            long pending,
            long expired,
            long unaccounted,
            long unexpected,
            long difference) {

        /// @param open accepted and not ended, be they explained or not
        static Counts of(
                long accepted,
                long filtered,
                long delivered,
                long deadLettered,
                long canceled,
                long open,
                long expired,
                long unaccounted,
                long unexpected) {
            return new Counts(
                    accepted,
                    filtered,
                    delivered,
                    deadLettered,
                    canceled,
                    open - unaccounted,
                    expired,
                    unaccounted,
                    unexpected,
                    accepted - filtered - delivered - deadLettered - canceled - open - expired);
        }

        static Counts sum(List<Counts> all) {
            return all.stream().reduce(new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0), Counts::plus);
        }

        private Counts plus(Counts that) {
            return new Counts(
                    accepted + that.accepted,
                    filtered + that.filtered,
                    delivered + that.delivered,
                    deadLettered + that.deadLettered,
                    canceled + that.canceled,
                    pending + that.pending,
                    expired + that.expired,
                    unaccounted + that.unaccounted,
                    unexpected + that.unexpected,
                    difference + that.difference);
        }
    }

    @Schema(name = "LedgerOfWebhook")
    public record OfWebhook(UUID webhookUuid, Counts counts) {}

    /// A delivery that nothing explains.
    ///
    /// @param id the `webhook-id`
    /// @param expectedAt when its next step was due
    /// @param since when it was first missed
    /// @param detail what is missing, in a sentence
    @Schema(name = "UnaccountedDelivery")
    public record Unaccounted(
            String id,
            UUID webhookUuid,
            String eventId,
            String eventType,
            Instant created,
            Instant expectedAt,
            Instant since,
            String detail) {

        static Unaccounted of(Overdue delivery, Instant since) {
            return new Unaccounted(
                    delivery.messageId(),
                    delivery.webhookUuid(),
                    delivery.eventId(),
                    delivery.eventType(),
                    delivery.created(),
                    delivery.expectedAt(),
                    since,
                    switch (delivery.why()) {
                        case NO_JOB ->
                                "Its next attempt was due, none is logged, and no job of it waits"
                                        + " on Kafka. Send it again.";
                        case NO_DECISION ->
                                "It was attempted, but the decision to send it is not logged.";
                    });
        }
    }
}
