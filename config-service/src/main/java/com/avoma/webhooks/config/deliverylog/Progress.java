package com.avoma.webhooks.config.deliverylog;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// How far a delivery has come, as far as records have told. Two of one delivery merge into one
/// that knows both, whichever comes first and however often: so records that are late, repeated or
/// out of order leave the same.
///
/// The last verdict by time holds. A person who asks for the delivery again makes it pending until
/// an attempt that came of it.
///
/// @param decided when it was first routed, and the event it was made of; null: no decision seen
/// @param requestedAt when a person last asked for it again; null: never
/// @param manualAt when the last attempt began that a person had asked for; null: none seen
/// @param last the last step; null: none seen
public record Progress(
        @Nullable Decided decided,
        @Nullable Instant requestedAt,
        @Nullable Instant manualAt,
        @Nullable Step last) {
    /// What the clocks of two services may differ by.
    private static final Duration SKEW = Duration.ofSeconds(5);

    private static final Comparator<Position> BY_POSITION =
            Comparator.comparing(Position::topic)
                    .thenComparing(Position::partition)
                    .thenComparing(Position::offset);
    private static final Comparator<Decided> BY_DECISION =
            Comparator.comparing(Decided::at).thenComparing(Decided::event, BY_POSITION);
    private static final Comparator<Step> BY_STEP =
            Comparator.comparing(Step::at)
                    .thenComparing(Step::verdict, Progress::finalOnesLast)
                    .thenComparing(Step::body, BY_POSITION);

    /// @param event where the event's record is
    public record Decided(Instant at, Position event) {}

    /// @param at when its attempt began, or the delivery was ended without one
    /// @param nextAttemptAt where the verdict is to retry
    /// @param body where the record with the body is
    public record Step(
            Instant at, Verdict verdict, @Nullable Instant nextAttemptAt, Position body) {}

    public static Progress decided(Instant at, Position event) {
        return new Progress(new Decided(at, event), null, null, null);
    }

    public static Progress requested(Instant at) {
        return new Progress(null, at, null, null);
    }

    /// @param manual whether a person asked for it
    public static Progress stepped(Step step, boolean manual) {
        return new Progress(null, null, manual ? step.at() : null, step);
    }

    /// What both know.
    public Progress merge(Progress that) {
        return new Progress(
                either(decided, that.decided, BinaryOperator.minBy(BY_DECISION)),
                either(requestedAt, that.requestedAt, Progress::later),
                either(manualAt, that.manualAt, Progress::later),
                either(last, that.last, BinaryOperator.maxBy(BY_STEP)));
    }

    public Status status() {
        if (last == null || isRequestOpen()) {
            return Status.PENDING;
        }
        return switch (last.verdict()) {
            case RETRY -> Status.PENDING;
            case DELIVERED -> Status.DELIVERED;
            case DEAD_LETTERED -> Status.DEAD_LETTERED;
            case CANCELED -> Status.CANCELED;
        };
    }

    /// When its next step is due; null where it has ended.
    public @Nullable Instant expectedAt() {
        if (status() != Status.PENDING) {
            return null;
        }
        if (isRequestOpen()) {
            return requestedAt;
        }
        if (last != null) {
            return last.nextAttemptAt() == null ? last.at() : last.nextAttemptAt();
        }
        return decided == null ? null : decided.at();
    }

    /// Whether it is in the account: somebody decided that it is to be made, and said so.
    public boolean accepted() {
        return decided != null || requestedAt != null;
    }

    private boolean isRequestOpen() {
        if (requestedAt == null) {
            return false;
        }
        boolean attempted = last != null && !requestedAt.isAfter(last.at());
        // this one came of it although the clock of the service that made it is behind
        boolean answered = manualAt != null && !requestedAt.isAfter(manualAt.plus(SKEW));
        return !attempted && !answered;
    }

    private static int finalOnesLast(Verdict one, Verdict other) {
        return Comparator.comparing((Verdict verdict) -> verdict != Verdict.RETRY)
                .thenComparing(Comparator.naturalOrder())
                .compare(one, other);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static <T> @Nullable T either(
            @Nullable T one, @Nullable T other, BinaryOperator<T> both) {
        if (one == null) {
            return other;
        }
        return other == null ? one : both.apply(one, other);
    }
}
