package com.avoma.webhooks.config.deactivation;

import com.avoma.webhooks.config.deactivation.Streak.Told;
import com.avoma.webhooks.config.setup.InactiveReason;
import java.time.Duration;
import java.time.Instant;

/// What follows from a streak at a time. Pure: no clock, no database.
final class DeactivationPolicy {
    private final int consecutiveFailures;
    private final Duration failingFor;

    DeactivationPolicy(DeactivationProperties properties) {
        this.consecutiveFailures = properties.consecutiveFailures();
        this.failingFor = properties.failingFor();
    }

    /// What is to be done now.
    sealed interface Step {
        record Nothing() implements Step {}

        /// Warn the admins; they then know so much.
        record Tell(Told told) implements Step {}

        record Deactivate(InactiveReason reason) implements Step {}
    }

    /// A receiver that is gone is done with at once. One that fails is warned of when it has failed
    /// often enough, and when half of its time is over; where it fails often enough only by then,
    /// one warning says both.
    Step next(Streak streak, Instant now) {
        var first = streak.firstFailure();
        if (streak.goneAt() != null) {
            return new Step.Deactivate(InactiveReason.GONE);
        }
        if (first == null || streak.failures() < consecutiveFailures) {
            return new Step.Nothing();
        }
        if (!now.isBefore(deadline(first))) {
            return new Step.Deactivate(InactiveReason.FAILING);
        }
        boolean halfway = !now.isBefore(first.plus(failingFor.dividedBy(2)));
        return switch (streak.told()) {
            case NOTHING -> new Step.Tell(halfway ? Told.STILL_FAILING : Told.FAILING);
            case FAILING -> halfway ? new Step.Tell(Told.STILL_FAILING) : new Step.Nothing();
            case STILL_FAILING -> new Step.Nothing();
        };
    }

    /// When a webhook that goes on failing is switched off.
    Instant deadline(Instant firstFailure) {
        return firstFailure.plus(failingFor);
    }

    /// What a streak must have before anything follows from it but for a 410.
    int consecutiveFailures() {
        return consecutiveFailures;
    }

    /// The latest first failure of those for whom half of the time is over.
    Instant halfwaySince(Instant now) {
        return now.minus(failingFor.dividedBy(2));
    }

    /// The latest first failure of those whose time is over.
    Instant dueSince(Instant now) {
        return now.minus(failingFor);
    }
}
