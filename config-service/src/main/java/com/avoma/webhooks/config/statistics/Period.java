package com.avoma.webhooks.config.statistics;

import com.avoma.webhooks.config.deliverylog.AttemptTally;
import com.avoma.webhooks.config.web.FieldError;
import com.avoma.webhooks.config.web.RefusedException;
import com.avoma.webhooks.config.web.RequestTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The time that statistics are asked for, in whole steps: attempts are counted by five minutes,
/// and for more than four days by six hours, so it begins and ends on one of them.
///
/// @param bucket how long each bucket is
record Period(Instant from, Instant until, Duration bucket) {
    private static final Duration DEFAULT = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Set<String> NAMES = Set.of("from", "until");

    /// Buckets are as long as leave at most a hundred of them, or a day.
    private static final List<Duration> BUCKETS =
            List.of(
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofHours(1),
                    Duration.ofHours(6),
                    Duration.ofDays(1));

    private static final int MOST = 100;

    /// @throws RefusedException where the query's times are none
    static Period of(Map<String, List<String>> query, Instant now) {
        List<FieldError> errors = new ArrayList<>();
        query.keySet().stream()
                .filter(name -> !NAMES.contains(name))
                .forEach(name ->
                        errors.add(
                                new FieldError(
                                        name, "is not a parameter here; from and until are")));
        var until = time(query, "until", errors);
        var from = time(query, "from", errors);
        if (!errors.isEmpty()) {
            throw RefusedException.invalid(errors);
        }
        var end = until == null ? now : until;
        var start = from == null ? end.minus(DEFAULT) : from;
        if (!start.isBefore(end)) {
            throw RefusedException.invalid("from", "must be before until");
        }
        if (Duration.between(start, end).compareTo(LONGEST) > 0) {
            throw RefusedException.invalid("from", "must be at most 366 days before until");
        }
        return of(start, end);
    }

    private static Period of(Instant from, Instant until) {
        var length = Duration.between(from, until);
        var bucket =
                BUCKETS.stream()
                        .filter(b -> length.dividedBy(b) < MOST)
                        .findFirst()
                        .orElse(BUCKETS.getLast());
        var step = stepOf(bucket);
        var start = AttemptTally.beginning(step, from);
        var last = AttemptTally.beginning(step, until);
        return new Period(start, last.equals(until) ? until : last.plus(step), bucket);
    }

    private static Duration stepOf(Duration bucket) {
        return bucket.compareTo(AttemptTally.SPAN) < 0 ? AttemptTally.STEP : AttemptTally.SPAN;
    }

    /// Whether it is made of spans, and not of steps.
    boolean isLong() {
        return stepOf(bucket).equals(AttemptTally.SPAN);
    }

    /// Which bucket a time of the period is in, from 0.
    int index(Instant at) {
        return (int) Duration.between(from, at).dividedBy(bucket);
    }

    /// The beginnings of the buckets.
    List<Instant> buckets() {
        List<Instant> beginnings = new ArrayList<>();
        for (var at = from; at.isBefore(until); at = at.plus(bucket)) {
            beginnings.add(at);
        }
        return beginnings;
    }

    private static @Nullable Instant time(
            Map<String, List<String>> query, String name, List<FieldError> errors) {
        var values = query.get(name);
        if (values == null) {
            return null;
        }
        var text = values.getFirst();
        var time = text == null || values.size() > 1 ? null : RequestTime.of(text);
        if (time == null) {
            errors.add(new FieldError(name, RequestTime.RULE));
        }
        return time;
    }
}
