package com.avoma.webhooks.common.subscription;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The header names that belong to the wire contract or to HTTP itself, so that no webhook may set
/// them. config-service refuses them, and delivery-service leaves them out of what it sends.
public final class ReservedHeaders {
    private static final Set<String> NAMES =
            Set.of(
                    "host",
                    "connection",
                    "keep-alive",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "expect",
                    "traceparent",
                    "tracestate");
    private static final List<String> PREFIXES =
            List.of("content-", "proxy-", "webhook-", "webhooks-", "x-avoma-");

    private ReservedHeaders() {}

    /// Whether a name is reserved, in whatever case.
    public static boolean contains(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return NAMES.contains(lower) || PREFIXES.stream().anyMatch(lower::startsWith);
    }
}
