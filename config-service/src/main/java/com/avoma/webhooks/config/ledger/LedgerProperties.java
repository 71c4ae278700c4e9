package com.avoma.webhooks.config.ledger;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// How the ledger is checked.
///
/// @param interval how often one of the instances looks for deliveries that nothing explains; more
///   often names them sooner and reads more
/// @param slack how long a delivery's next step may be overdue before it is looked for; less names
///   a lost one sooner, and looks for more that are only late
/// @param scan how many records of a partition are looked through for overdue jobs; what waits in a
///   partition with more before it is not judged until they are worked off. More judges through a
///   larger backlog and reads more of it
@ConfigurationProperties(prefix = "webhooks.ledger", ignoreUnknownFields = false)
record LedgerProperties(
        @DefaultValue("1m") Duration interval,
        @DefaultValue("5m") Duration slack,
        @DefaultValue("50000") int scan) {
    LedgerProperties {
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("interval: " + interval + " (expected: > 0)");
        }
        if (!slack.isPositive()) {
            throw new IllegalArgumentException("slack: " + slack + " (expected: > 0)");
        }
        if (scan < 1) {
            throw new IllegalArgumentException("scan: " + scan + " (expected: > 0)");
        }
    }
}
