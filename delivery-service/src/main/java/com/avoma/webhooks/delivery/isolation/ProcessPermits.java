package com.avoma.webhooks.delivery.isolation;

/// What the whole process works on, in jobs and in bytes. Webhooks that are known to be slow hold
/// at most half of it together, and with those of which nothing is known yet three quarters, so
/// that there is always room for the others. Writing a job somewhere else has room of its own. What
/// was sent counts once more until its end is committed, for a crash would have it sent again.
final class ProcessPermits {
    private static final int URGENT = 16;

    private final int most;
    private final long mostBytes;
    private int jobs;
    private long bytes;
    private int errands;
    private long errandBytes;
    private int slow;
    private long slowBytes;
    private int unproven;
    private int unsettled;

    ProcessPermits(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /// Whether there is room for one more of a webhook.
    boolean admits(Standing standing, int size) {
        return hasRoom(most, size)
                && admitsErrand(size)
                && switch (standing) {
                    case PROVEN -> true;
                    case UNPROVEN -> !unprovenShareIsFull();
                    case SLOW -> !slowShareIsFull(size);
                };
    }

    /// Whether there is no room for any, however small.
    boolean isFull() {
        return jobs >= most || bytes >= mostBytes || isUnsettled();
    }

    boolean admitsUrgent(int size) {
        return hasRoom(most + URGENT, size);
    }

    boolean slowShareIsFull(int size) {
        return slow >= Math.max(1, most / 2) || (slow > 0 && slowBytes + size > mostBytes / 2);
    }

    /// Where slow webhooks have spread into the share of the unproven ones, which then may wait for
    /// as long as an attempt hangs.
    boolean isCrowdedBySlow() {
        return slow >= Math.max(1, most / 2) && unprovenShareIsFull();
    }

    private boolean unprovenShareIsFull() {
        return slow + unproven >= Math.max(1, most - most / 4);
    }

    private boolean hasRoom(int limit, int size) {
        return jobs < limit && (jobs == 0 || bytes + size <= mostBytes);
    }

    boolean admitsErrand(int size) {
        return errands == 0 || (errands < 4 * most && errandBytes + size <= mostBytes / 4);
    }

    /// Whether as many as there may be under way would be sent again after a crash.
    boolean isUnsettled() {
        return unsettled >= most;
    }

    void settled() {
        unsettled--;
    }

    void errandStarted(int size) {
        errands++;
        errandBytes += size;
    }

    void errandEnded(int size) {
        errands--;
        errandBytes -= size;
    }

    void started(int size) {
        unsettled++;
        jobs++;
        bytes += size;
    }

    void ended(int size) {
        jobs--;
        bytes -= size;
    }

    /// A webhook of that standing has so many more attempts under way, or fewer.
    void changed(Standing standing, int count, long size) {
        switch (standing) {
            case SLOW -> {
                slow += count;
                slowBytes += size;
            }
            case UNPROVEN -> unproven += count;
            case PROVEN -> {}
        }
    }

    int jobs() {
        return jobs;
    }
}
