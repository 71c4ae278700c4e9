package com.avoma.webhooks.delivery.isolation;

/// What an attempt says about the endpoint.
public enum Result {
    /// It took the event.
    DELIVERED,
    /// It answered, and did not want this event; that it is overloaded does not follow.
    REFUSED,
    /// It answered that it cannot, or that it gets too much.
    OVERLOADED,
    /// It did not answer.
    UNREACHABLE
}
