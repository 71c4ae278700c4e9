package com.avoma.webhooks.delivery.retry;

import java.time.Duration;
import java.util.Locale;

/// What follows an attempt.
public sealed interface Verdict {
    /// The receiver has it.
    record Done() implements Verdict {}

    /// Another attempt after the delay.
    record RetryIn(Duration delay) implements Verdict {}

    /// No further attempt: a dead letter.
    record GiveUp(Reason reason) implements Verdict {}

    /// Why a job is given up, as `webhooks-reason` names it in lower case.
    enum Reason {
        /// The receiver answered 410.
        GONE,
        /// The last attempt failed.
        EXHAUSTED,
        /// The webhook is not active.
        INACTIVE,
        /// The record is not a job.
        MALFORMED,
        /// It was put off for too long: its webhook takes less than it gets.
        OVERLOADED;

        /// As it is written on topics.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
