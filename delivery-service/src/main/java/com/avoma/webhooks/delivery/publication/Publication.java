package com.avoma.webhooks.delivery.publication;

/// A record on its way to the brokers.
@FunctionalInterface
public interface Publication {
    /// Blocks until the brokers acknowledged the record, for as long as it takes: nothing is given
    /// up while they are away.
    ///
    /// @throws InterruptedException where the service stops first
    void await() throws InterruptedException;
}
