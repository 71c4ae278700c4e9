package com.avoma.webhooks.common.directory;

/// What an organization has subscribed to.
public enum Plan {
    STARTUP,
    ORGANIZATION,
    ENTERPRISE;

    /// Whether the plan has webhooks at all; how many is a property of config-service.
    public boolean hasWebhooks() {
        return switch (this) {
            case STARTUP -> false;
            case ORGANIZATION, ENTERPRISE -> true;
        };
    }
}
