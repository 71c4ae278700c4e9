package com.avoma.webhooks.config.deactivation;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// When a webhook that fails is switched off. Both conditions must hold.
///
/// @param consecutiveFailures attempts that failed one after the other, without a success between
///   them; fewer warn earlier, and switch off webhooks that get few events for one short outage
/// @param failingFor how long after the first of these failures; shorter saves attempts that lead
///   nowhere, longer gives admins more time to mend their receiver
/// @param checkInterval how often one instance looks for webhooks to warn of or switch off; after a
///   410, too, a webhook is sent to for so long
@ConfigurationProperties(prefix = "webhooks.deactivation", ignoreUnknownFields = false)
public record DeactivationProperties(
        @DefaultValue("5") int consecutiveFailures,
        @DefaultValue("24h") Duration failingFor,
        @DefaultValue("500ms") Duration checkInterval) {

    public DeactivationProperties {
        if (consecutiveFailures < 1) {
            throw new IllegalArgumentException(
                    "consecutive-failures: " + consecutiveFailures + " (expected: > 0)");
        }
        positive("failing-for", failingFor);
        positive("check-interval", checkInterval);
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
