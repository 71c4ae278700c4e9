package com.avoma.webhooks.config.ratelimit;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How often callers may call, all instances together. Each has a token bucket of this many
/// requests, refilled evenly; past it the answer is 429.
///
/// @param requestsPerMinute of one API key; also how many logins may fail from one address. More
///   let one customer's script take more of the database
/// @param userRequestsPerMinute of one person, by token; more than of a key, for a page of a
///   browser makes several requests
@ConfigurationProperties(prefix = "webhooks.api", ignoreUnknownFields = false)
public record RateProperties(
        @DefaultValue("60") int requestsPerMinute, @DefaultValue("600") int userRequestsPerMinute) {

    public RateProperties {
        positive("requests-per-minute", requestsPerMinute);
        positive("user-requests-per-minute", userRequestsPerMinute);
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
