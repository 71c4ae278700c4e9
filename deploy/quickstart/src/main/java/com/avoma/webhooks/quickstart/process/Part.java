package com.avoma.webhooks.quickstart.process;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What runs as a process of its own, in the order in which it is stopped.
public enum Part {
    DELIVERY("delivery-service"),
    DISPATCHER("dispatcher-service"),
    CONFIG("config-service"),
    KAFKA("kafka"),
    POSTGRES("postgres");

    private final String title;

    Part(String title) {
        this.title = title;
    }

    /// The name that is shown and that its log has.
    public String title() {
        return title;
    }

    /// The name in files and on the command line of the restart script: `config`.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String pidVariable() {
        return name() + "_PID";
    }

    public String restartVariable() {
        return name() + "_RESTART";
    }

    public static Optional<Part> of(String id) {
        return Arrays.stream(values()).filter(part -> part.id().equals(id)).findFirst();
    }
}
