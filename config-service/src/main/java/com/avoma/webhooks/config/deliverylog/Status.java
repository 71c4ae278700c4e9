package com.avoma.webhooks.config.deliverylog;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/// Where a delivery stands.
public enum Status {
    /// Its next step is still to come.
    @JsonProperty("pending")
    PENDING,
    /// The receiver took it.
    @JsonProperty("delivered")
    DELIVERED,
    /// Given up; it can be sent again.
    @JsonProperty("dead_lettered")
    DEAD_LETTERED,
    /// Its webhook was deleted first.
    @JsonProperty("canceled")
    CANCELED;

    /// As the API and the database have it.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
