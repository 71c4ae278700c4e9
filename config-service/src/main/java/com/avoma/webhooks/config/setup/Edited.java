package com.avoma.webhooks.config.setup;

import org.jspecify.annotations.Nullable;

/// What a change makes of a setup.
///
/// @param answer what the caller wants to know of it
/// @param trace what is left of it beside the setup; null: nothing, for it changes nothing that an
///   admin sees
public record Edited<T>(OrganizationSetup setup, T answer, @Nullable Trace trace) {
    public Edited(OrganizationSetup setup, T answer) {
        this(setup, answer, null);
    }

    /// The same change, leaving a trace.
    public Edited<T> traced(Trace trace) {
        return new Edited<>(setup, answer, trace);
    }
}
