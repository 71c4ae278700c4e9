package com.avoma.webhooks.delivery.intake;

/// What waits on an instance's partitions.
///
/// @param partitions how many the instance has
/// @param ready read and due, and not started for want of room
/// @param waiting not started and not due, read or not
/// @param undone offsets that are not done, of topics that hold what is due at once or soon
public record Backlog(int partitions, int ready, long waiting, long undone) {
    static final Backlog NONE = new Backlog(0, 0, 0, 0);
}
