package com.avoma.webhooks.config.replay;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What of a time is sent again.
public enum Only {
    /// What was given up.
    @JsonProperty("failed")
    FAILED,
    /// Every event that the webhook would get, delivered or not, from before it existed too.
    @JsonProperty("all")
    ALL;

    /// By its name on the wire.
    public static Optional<Only> of(String name) {
        return Arrays.stream(values()).filter(only -> only.wireName().equals(name)).findFirst();
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
