package com.avoma.webhooks.dispatcher.event;

import org.jspecify.annotations.Nullable;

/// Looks a header or an attribute up by its name: its text, null where it is absent.
@FunctionalInterface
public interface Attributes {
    @Nullable String get(String name);
}
