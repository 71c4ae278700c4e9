package com.avoma.webhooks.config.ledger;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;

/// A delivery whose next step should have been seen by now.
///
/// @param expectedAt when that step was due
record Overdue(
        UUID organizationUuid,
        String messageId,
        Instant created,
        UUID webhookUuid,
        String eventId,
        String eventType,
        Instant expectedAt,
        Why why) {

    /// What is missing.
    enum Why {
        /// It was accepted and has not ended, and there is no job of it.
        @JsonProperty("no_job")
        NO_JOB,
        /// It was attempted, and nobody had decided so.
        @JsonProperty("no_decision")
        NO_DECISION
    }
}
