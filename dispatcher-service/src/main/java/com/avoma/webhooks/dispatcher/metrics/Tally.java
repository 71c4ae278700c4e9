package com.avoma.webhooks.dispatcher.metrics;

/// What became of the events of one transaction, counted before it is known whether it commits. For
/// one thread.
public final class Tally {
    int routed;
    int unmatched;
    int deadLettered;
    int jobs;
    int inexactNumbers;

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

    public void clear() {
        routed = 0;
        unmatched = 0;
        deadLettered = 0;
        jobs = 0;
        inexactNumbers = 0;
    }
}
