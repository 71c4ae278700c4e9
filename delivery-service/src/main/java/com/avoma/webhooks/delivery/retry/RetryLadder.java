package com.avoma.webhooks.delivery.retry;

import com.avoma.webhooks.delivery.retry.Verdict.Done;
import com.avoma.webhooks.delivery.retry.Verdict.GiveUp;
import com.avoma.webhooks.delivery.retry.Verdict.Reason;
import com.avoma.webhooks.delivery.retry.Verdict.RetryIn;
import com.avoma.webhooks.delivery.sending.Outcome;
import com.avoma.webhooks.delivery.sending.Outcome.Delivered;
import com.avoma.webhooks.delivery.sending.Outcome.Refused;
import com.avoma.webhooks.delivery.sending.Outcome.Unreachable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides what follows an attempt: one rung a failed attempt, then no more. Pure: the chance comes
/// in as an argument.
///
/// @param rungs the wait after each failed attempt, in order
/// @param jitter the largest share of a rung that is added to it, so that what failed together is
///   not sent again together
public record RetryLadder(List<Duration> rungs, double jitter) {
    /// The longest that a receiver's `Retry-After` is honoured for.
    public static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(24);

    private static final int GONE = 410;

    public RetryLadder {
        rungs = List.copyOf(rungs);
    }

    /// @param attempt the number of the attempt that was made, from 1
    /// @param chance in [0, 1): which share of the jitter is added
    public Verdict after(int attempt, Outcome outcome, double chance) {
        return switch (outcome) {
            case Delivered _ -> new Done();
            case Refused(int status, _) when status == GONE -> new GiveUp(Reason.GONE);
            case Refused(_, var retryAfter) when attempt <= rungs.size() ->
                    new RetryIn(longer(rung(attempt, chance), retryAfter));
            case Unreachable _ when attempt <= rungs.size() -> new RetryIn(rung(attempt, chance));
            case Refused _, Unreachable _ -> new GiveUp(Reason.EXHAUSTED);
        };
    }

    /// The number of attempts in all.
    public int attempts() {
        return rungs.size() + 1;
    }

    private Duration rung(int attempt, double chance) {
        var delay = rungs.get(attempt - 1);
        return delay.plusMillis((long) (delay.toMillis() * jitter * chance));
    }

    private static Duration longer(Duration delay, @Nullable Duration retryAfter) {
        if (retryAfter == null) {
            return delay;
        }
        var asked =
                retryAfter.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : retryAfter;
        return asked.compareTo(delay) > 0 ? asked : delay;
    }
}
