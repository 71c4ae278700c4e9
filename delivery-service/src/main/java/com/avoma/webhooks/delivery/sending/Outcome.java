package com.avoma.webhooks.delivery.sending;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What one POST came to. Every later decision is a switch over this type.
public sealed interface Outcome {
    /// Any 2xx, whatever became of its body.
    record Delivered(int status) implements Outcome {}

    /// Any other status.
    ///
    /// @param retryAfter how long the receiver asks to wait, if it does
    record Refused(int status, @Nullable Duration retryAfter) implements Outcome {}

    /// No status came back.
    ///
    /// @param detail what happened, in one sentence without a value of the request
    record Unreachable(Failure failure, String detail) implements Outcome {}

    /// One sentence for a log, a dead letter or a diagnosis.
    default String sentence() {
        return switch (this) {
            case Delivered(int status) -> "The receiver answered " + status + ".";
            case Refused(int status, _) -> "The receiver answered " + status + ".";
            case Unreachable(_, var detail) -> detail + ".";
        };
    }
}
