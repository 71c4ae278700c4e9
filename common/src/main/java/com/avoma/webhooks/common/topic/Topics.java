package com.avoma.webhooks.common.topic;

import java.util.List;
import java.util.stream.IntStream;

/// The names of the topics, each with the installation's prefix.
///
/// @param prefix put before each name as it is; empty by default
public record Topics(String prefix) {
    public String meetingEvents() {
        return prefix + "meeting-events";
    }

    public String meetingEventsDeadLetters() {
        return prefix + "meeting-events-dead-letters";
    }

    public String organizations() {
        return prefix + "directory.organizations";
    }

    public String teams() {
        return prefix + "directory.teams";
    }

    public String members() {
        return prefix + "directory.members";
    }

    public String webhookConfig() {
        return prefix + "webhook-config";
    }

    public String routingDecisions() {
        return prefix + "routing-decisions";
    }

    public String deliveryJobs() {
        return prefix + "delivery-jobs";
    }

    /// The topic of a rung of the retry ladder, from 1.
    public String deliveryRetry(int rung) {
        return prefix + "delivery-retry-" + rung;
    }

    /// The topics of all rungs, in order.
    public List<String> deliveryRetries(int rungs) {
        return IntStream.rangeClosed(1, rungs).mapToObj(this::deliveryRetry).toList();
    }

    public String deliveryDeferred() {
        return prefix + "delivery-deferred";
    }

    public String deliveryDeadLetters() {
        return prefix + "delivery-dead-letters";
    }

    public String deliveryAttempts() {
        return prefix + "delivery-attempts";
    }

    public String webhookNotifications() {
        return prefix + "webhook-notifications";
    }

    /// The three topics of the product's directory.
    public List<String> directory() {
        return List.of(organizations(), teams(), members());
    }
}
