package com.avoma.webhooks.config.plan;

import com.avoma.webhooks.common.directory.Plan;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How many webhooks of one trigger event an organization may have, by plan; 0: none. Each webhook
/// is a delivery more for every event it matches. A changed number holds at once for webhooks that
/// are made or activated; surplus ones are sent to until the directory's next record of their
/// organization.
///
/// @param startup for the Startup plan
/// @param organization for the Organization plan
/// @param enterprise for the Enterprise plan
@ConfigurationProperties(prefix = "webhooks.plans", ignoreUnknownFields = false)
public record PlanProperties(
        @DefaultValue("0") int startup,
        @DefaultValue("10") int organization,
        @DefaultValue("50") int enterprise) {

    public PlanProperties {
        notNegative("startup", startup);
        notNegative("organization", organization);
        notNegative("enterprise", enterprise);
    }

    /// The number for a plan.
    int perTriggerEvent(Plan plan) {
        return switch (plan) {
            case STARTUP -> startup;
            case ORGANIZATION -> organization;
            case ENTERPRISE -> enterprise;
        };
    }

    private static void notNegative(String name, int value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 0)");
        }
    }
}
