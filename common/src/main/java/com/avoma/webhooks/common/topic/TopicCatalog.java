package com.avoma.webhooks.common.topic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Which settings each topic has.
///
/// @param names the topics' names
public record TopicCatalog(Topics names) {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);

    /// A dead letter is the record as it came and two headers more, so it must take more than any
    /// topic it comes from.
    public static final int LARGEST_DEAD_LETTER = 16 * 1024 * 1024;

    public TopicSpec meetingEvents() {
        return TopicSpec.kept(names.meetingEvents(), WEEK);
    }

    public TopicSpec meetingEventsDeadLetters() {
        return TopicSpec.kept(names.meetingEventsDeadLetters(), MONTH).upTo(LARGEST_DEAD_LETTER);
    }

    public List<TopicSpec> directory() {
        return names.directory().stream().map(TopicSpec::compacted).toList();
    }

    public TopicSpec webhookConfig() {
        return TopicSpec.compacted(names.webhookConfig());
    }

    public TopicSpec routingDecisions() {
        return TopicSpec.kept(names.routingDecisions(), WEEK);
    }

    public TopicSpec deliveryJobs() {
        return TopicSpec.kept(names.deliveryJobs(), WEEK);
    }

    /// The retry topics and `delivery-deferred`: a record must outlast the longest wait by a week.
    ///
    /// @param delays the ladder, one entry a rung
    public List<TopicSpec> waiting(List<Duration> delays) {
        var longest = delays.stream().max(Duration::compareTo).orElse(Duration.ZERO);
        // Retry-After may ask for a day, whatever the ladder
        var wait = longest.compareTo(Duration.ofDays(1)) > 0 ? longest : Duration.ofDays(1);
        var specs = new ArrayList<TopicSpec>();
        names.deliveryRetries(delays.size())
                .forEach(name -> specs.add(TopicSpec.kept(name, wait.plus(WEEK))));
        specs.add(TopicSpec.kept(names.deliveryDeferred(), wait.plus(WEEK)));
        return specs;
    }

    public TopicSpec deliveryDeadLetters() {
        return TopicSpec.kept(names.deliveryDeadLetters(), MONTH).upTo(LARGEST_DEAD_LETTER);
    }

    public TopicSpec deliveryAttempts() {
        return TopicSpec.kept(names.deliveryAttempts(), WEEK);
    }

    public TopicSpec webhookNotifications() {
        return TopicSpec.kept(names.webhookNotifications(), MONTH);
    }
}
