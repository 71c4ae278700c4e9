package com.avoma.webhooks.config.setup;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Why a webhook is sent nothing.
public enum InactiveReason {
    /// An admin turned it off.
    ADMIN,
    /// Its endpoint failed for too long.
    FAILING,
    /// Its endpoint answered 410.
    GONE,
    /// The organization's plan has fewer webhooks, or none.
    PLAN;

    /// The name on the wire.
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
