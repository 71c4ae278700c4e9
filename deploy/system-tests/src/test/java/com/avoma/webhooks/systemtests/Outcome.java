package com.avoma.webhooks.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

/// What became of a load at a receiver.
///
/// @param webhooks how many of its webhooks match each event
record Outcome(Receiver receiver, Load load, int webhooks) {
    int expected() {
        return load.published().size() * webhooks;
    }

    /// How many deliveries the receiver accepted, each counted once.
    int delivered() {
        return receiver.accepted().size();
    }

    /// Waits until none is missing.
    void awaitAll() {
        Awaiting.until("all " + expected() + " deliveries", () -> delivered() == expected());
    }

    /// Whether `delivery-jobs` has each delivery once, and no other.
    void assertDispatchedOnce(String bootstrapServers) {
        assertThat(new Topics(bootstrapServers).of("delivery-jobs"))
                .hasSize(expected())
                .extracting(Topics.Entry::messageId)
                .doesNotHaveDuplicates();
    }

    /// How many requests came more often than a failed attempt explains.
    ///
    /// @param refused requests that the receiver refused
    int twice(int refused) {
        return receiver.deliveries().size() - refused - delivered();
    }

    @Override
    public String toString() {
        return "%d events, %d deliveries, lost %d, requests beyond them %d, %s"
                .formatted(
                        load.published().size(),
                        delivered(),
                        expected() - delivered(),
                        receiver.deliveries().size() - delivered(),
                        Lateness.of(receiver.deliveries().stream().map(load::lateness)));
    }
}
