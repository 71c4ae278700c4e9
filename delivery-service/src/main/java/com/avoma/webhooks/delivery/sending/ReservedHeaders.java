package com.avoma.webhooks.delivery.sending;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The header names that belong to the wire contract or to HTTP itself.
final class ReservedHeaders {
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

    static boolean contains(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return NAMES.contains(lower) || PREFIXES.stream().anyMatch(lower::startsWith);
    }
}
