package com.avoma.webhooks.dispatcher.metrics;

import com.avoma.webhooks.common.event.TriggerEvent;
import io.opentelemetry.api.trace.Span;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What became of the events of one transaction, counted before it is known whether it commits. For
/// one thread.
public final class Tally {
    int routed;
    int unmatched;
    int deadLettered;
    int jobs;
    int inexactNumbers;
    int unchecked;
    final Map<TriggerEvent, Integer> violations = new EnumMap<>(TriggerEvent.class);
    private final List<Span> spans = new ArrayList<>();

    /// An event that became so many jobs.
    public void dispatched(int jobsOfEvent) {
        if (jobsOfEvent == 0) {
            unmatched++;
        } else {
            routed++;
            jobs += jobsOfEvent;
        }
    }

    public void deadLettered() {
        deadLettered++;
    }

    /// Numbers of a body that JavaScript cannot represent and that were changed to what it makes of
    /// them.
    public void inexactNumbers(int count) {
        inexactNumbers += count;
    }

    /// A body whose schema was not looked at.
    public void unchecked() {
        unchecked++;
    }

    /// A body that violates the schema of its type.
    public void violation(TriggerEvent type) {
        violations.merge(type, 1, Integer::sum);
    }

    /// A span that lasts until the transaction commits.
    public void traced(Span span) {
        spans.add(span);
    }

    /// The transaction is committed.
    public void endSpans() {
        spans.forEach(Span::end);
    }

    /// Begins anew; spans that have not ended are of events that will come again.
    public void clear() {
        spans.clear();
        unchecked = 0;
        violations.clear();
        routed = 0;
        unmatched = 0;
        deadLettered = 0;
        jobs = 0;
        inexactNumbers = 0;
    }
}
