package com.avoma.webhooks.config.maintenance;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What can be done to every organization.
enum Task {
    /// Seals every secret with the keyset's primary key, so that older keys can go.
    RESEAL,
    /// Publishes every snapshot again, for a `webhook-config` that was lost.
    REPUBLICATION;

    static Optional<Task> of(String name) {
        return Arrays.stream(values()).filter(task -> task.wireName().equals(name)).findFirst();
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
