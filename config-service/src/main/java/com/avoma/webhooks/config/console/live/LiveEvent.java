package com.avoma.webhooks.config.console.live;

/// What happens on a stream.
public sealed interface LiveEvent<T> {
    /// What is watched, as it is from now on.
    record Seen<T>(T value) implements LiveEvent<T> {}

    /// Nothing has changed: a browser that is gone is noticed by it, and a proxy kept patient.
    record Beat<T>() implements LiveEvent<T> {}

    /// The session ended, and the stream with it.
    record Over<T>() implements LiveEvent<T> {}

    /// Too much is watched; the stream ends.
    record Full<T>() implements LiveEvent<T> {}
}
