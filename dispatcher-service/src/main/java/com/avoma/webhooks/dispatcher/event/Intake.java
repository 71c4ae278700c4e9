package com.avoma.webhooks.dispatcher.event;

import com.avoma.webhooks.common.event.MeetingEvent;

/// What a record of `meeting-events` turned out to be.
public sealed interface Intake {
    /// An event to route.
    ///
    /// @param inexactNumbers how many numbers of the body JavaScript cannot represent and changed
    /// @param schema what a look at the body's schema came to
    record Accepted(MeetingEvent event, int inexactNumbers, SchemaCheck.Finding schema)
            implements Intake {}

    /// A record that cannot be routed.
    ///
    /// @param detail a sentence for the producer's developer: what is wrong and what would be right
    record Rejected(Reason reason, String detail) implements Intake {}

    /// Why a record cannot be routed. The names, in lower case, are the `webhooks-reason` of the
    /// dead letter.
    enum Reason {
        /// Neither binary nor structured mode of CloudEvents 1.0.
        NOT_A_CLOUDEVENT,
        MISSING_ATTRIBUTE,
        INVALID_ATTRIBUTE,
        /// No trigger event of that type.
        UNKNOWN_TYPE,
        /// The body is not one JSON object.
        INVALID_BODY,
        /// The body's `event_type` is not the event's type.
        TYPE_MISMATCH,
        TOO_LARGE,
        /// Only where such bodies are to be rejected.
        SCHEMA_VIOLATION
    }
}
