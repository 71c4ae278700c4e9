package com.avoma.webhooks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.topic.TopicCatalog;
import com.avoma.webhooks.common.topic.TopicSpec;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.delivery.retry.RetryProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;

/// The topics that the code knows, without a prefix and with the retries that there are by default.
final class KnownTopics {
    private final Topics topics = new Topics("");

    List<TopicSpec> specs() {
        var catalog = new TopicCatalog(topics);
        List<TopicSpec> specs = new ArrayList<>(catalog.directory());
        specs.add(catalog.meetingEvents());
        specs.add(catalog.meetingEventsDeadLetters());
        specs.add(catalog.webhookConfig());
        specs.add(catalog.routingDecisions());
        specs.add(catalog.deliveryJobs());
        specs.addAll(catalog.waiting(delays()));
        specs.add(catalog.deliveryDeadLetters());
        specs.add(catalog.deliveryAttempts());
        specs.add(catalog.webhookNotifications());
        return specs;
    }

    /// The topics of methods of [Topics].
    Set<String> names(String... methods) {
        var names = new TreeSet<String>();
        for (var method : methods) {
            if (method.equals("deliveryRetries")) {
                names.addAll(topics.deliveryRetries(delays().size()));
            } else if (method.equals("directory")) {
                names.addAll(topics.directory());
            } else {
                try {
                    names.add(Topics.class.getMethod(method).invoke(topics).toString());
                } catch (ReflectiveOperationException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return names;
    }

    Set<String> expand(String name) {
        return name.endsWith("-") ? names("deliveryRetries") : Set.of(name);
    }

    /// The topics that an ACL is about; there has to be one.
    Set<String> matching(Object acl) {
        var name = Yaml.text(acl, "resource", "name");
        boolean prefix = "prefix".equals(Yaml.at(acl, "resource", "patternType"));
        var found =
                specs().stream()
                        .map(TopicSpec::name)
                        .filter(topic -> prefix ? topic.startsWith(name) : topic.equals(name))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(found).as("topics of %s", acl).isNotEmpty();
        return found;
    }

    static List<Duration> delays() {
        return Binder.get(new StandardEnvironment())
                .bindOrCreate("nothing", RetryProperties.class)
                .delays();
    }
}
