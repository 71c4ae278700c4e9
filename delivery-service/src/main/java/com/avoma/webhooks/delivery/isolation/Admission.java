package com.avoma.webhooks.delivery.isolation;

import java.time.Duration;

/// Whether a job that is due may start.
public sealed interface Admission {
    /// It starts.
    record Go(Ticket ticket) implements Admission {}

    /// It stays where it is for now: its turn is near.
    record Wait() implements Admission {
        static final Wait FOR_NOW = new Wait();
    }

    /// It is put off, which costs no attempt.
    ///
    /// @param delay until it is looked at again; a slot of its own among those that were put off
    /// @param ticket for the writing
    record Defer(Cause cause, Duration delay, Ticket ticket) implements Admission {}

    /// Why a job is put off, as the metric names it in lower case.
    enum Cause {
        /// The webhook has no permit to spare and its line is long.
        PERMITS,
        /// The webhook's circuit is open.
        CIRCUIT,
        /// Slow webhooks together hold their share of the process.
        PROCESS
    }
}
