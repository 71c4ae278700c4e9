package com.avoma.webhooks.delivery.endpoint;

import java.util.function.Supplier;

/// What the published configuration says of a webhook.
public sealed interface Lookup {
    /// It is there and active.
    record Known(Endpoint endpoint) implements Lookup {}

    /// It is there and is not sent to.
    ///
    /// @param url where it would be sent
    /// @param endpoint opened when it is asked for: only a test send is made all the same
    record Inactive(String url, Supplier<Endpoint> endpoint) implements Lookup {}

    /// It is no longer there.
    record Deleted() implements Lookup {}

    /// The revision that the job was routed under has not been read yet: nothing can be said.
    record NotYet() implements Lookup {}
}
