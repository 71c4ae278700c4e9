package com.avoma.webhooks.delivery.endpoint;

/// What the published configuration says of a webhook.
public sealed interface Lookup {
    /// It is there and active.
    record Known(Endpoint endpoint) implements Lookup {}

    /// It is there and is not sent to.
    ///
    /// @param url where it would be sent
    record Inactive(String url) implements Lookup {}

    /// It is no longer there.
    record Deleted() implements Lookup {}

    /// The revision that the job was routed under has not been read yet: nothing can be said.
    record NotYet() implements Lookup {}
}
