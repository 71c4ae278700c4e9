package com.avoma.webhooks.config.webhook;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How much a webhook may hold. All of it is sent with every delivery and is in the organization's
/// snapshot, so larger limits make both heavier.
///
/// @param headers of one webhook
/// @param headerName characters
/// @param headerValue characters
/// @param name characters
/// @param url characters
@ConfigurationProperties(prefix = "webhooks.limits", ignoreUnknownFields = false)
public record LimitProperties(
        @DefaultValue("20") int headers,
        @DefaultValue("128") int headerName,
        @DefaultValue("4096") int headerValue,
        @DefaultValue("100") int name,
        @DefaultValue("2048") int url) {

    public LimitProperties {
        positive("headers", headers);
        positive("header-name", headerName);
        positive("header-value", headerValue);
        positive("name", name);
        positive("url", url);
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
