package com.avoma.webhooks.config.deactivation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The failed attempts of a webhook since its last success. It is what a set of attempts amounts
/// to: by the times when they started, whatever the order in which they are heard of and however
/// often, as long as no more than [#WINDOW] failures are out of order.
///
/// @param clearedAt only failures that started after it count: the last success, or a change that
///   makes a new start; null: all count
/// @param failures how many
/// @param firstFailure when the first of them started; null where there is none
/// @param goneAt when the last attempt started that was answered with 410; null where none was
/// @param recent the last of them, oldest first
/// @param told what admins know of it
record Streak(
        @Nullable Instant clearedAt,
        long failures,
        @Nullable Instant firstFailure,
        @Nullable Instant goneAt,
        List<Failure> recent,
        Told told) {

    /// How many failures are known one by one.
    static final int WINDOW = 32;

    static final Streak NONE = new Streak(null, 0, null, null, List.of(), Told.NOTHING);

    private static final Comparator<Failure> OLDEST_FIRST =
            Comparator.comparing(Failure::startedAt).thenComparing(Failure::id);

    Streak {
        recent = List.copyOf(recent);
    }

    record Failure(Instant startedAt, String id) {}

    /// How far the warnings are.
    enum Told {
        NOTHING,
        FAILING,
        STILL_FAILING
    }

    Streak after(Attempted attempt) {
        return switch (attempt.result()) {
            case DELIVERED -> clearedAt(attempt.startedAt());
            case FAILED -> failed(attempt);
            case GONE -> {
                var failed = failed(attempt);
                yield counts(attempt.startedAt()) ? failed.gone(attempt.startedAt()) : failed;
            }
        };
    }

    /// Without the failures that started by then. Where there were any it is a new streak, of which
    /// nobody is told.
    Streak clearedAt(Instant at) {
        if (!counts(at)) {
            return this;
        }
        if (firstFailure == null || firstFailure.isAfter(at)) {
            return new Streak(at, failures, firstFailure, goneAt, recent, told);
        }
        var left = recent.stream().filter(failure -> failure.startedAt().isAfter(at)).toList();
        return new Streak(
                at,
                left.size(),
                left.isEmpty() ? null : left.getFirst().startedAt(),
                goneAt != null && goneAt.isAfter(at) ? goneAt : null,
                left,
                Told.NOTHING);
    }

    private Streak failed(Attempted attempt) {
        var failure = new Failure(attempt.startedAt(), attempt.id());
        if (!counts(failure.startedAt()) || recent.contains(failure) || tooOld(failure)) {
            return this;
        }
        var next = new ArrayList<>(recent);
        next.add(failure);
        next.sort(OLDEST_FIRST);
        var first =
                firstFailure == null || failure.startedAt().isBefore(firstFailure)
                        ? failure.startedAt()
                        : firstFailure;
        var window = next.subList(Math.max(0, next.size() - WINDOW), next.size());
        return new Streak(clearedAt, failures + 1, first, goneAt, window, told);
    }

    private Streak gone(Instant at) {
        var latest = goneAt != null && goneAt.isAfter(at) ? goneAt : at;
        return new Streak(clearedAt, failures, firstFailure, latest, recent, told);
    }

    private boolean counts(Instant startedAt) {
        return clearedAt == null || startedAt.isAfter(clearedAt);
    }

    /// Whether it cannot be told from those that are counted and not known one by one any more.
    private boolean tooOld(Failure failure) {
        return recent.size() == WINDOW
                && !failure.startedAt().isAfter(recent.getFirst().startedAt());
    }
}
