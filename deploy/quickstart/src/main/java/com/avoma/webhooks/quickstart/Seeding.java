package com.avoma.webhooks.quickstart;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.job.MessageId;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.quickstart.data.DataDirectory;
import com.avoma.webhooks.quickstart.identity.TokenIssuer;
import com.avoma.webhooks.quickstart.receiver.Scoreboard;
import com.avoma.webhooks.quickstart.seed.ApiClient;
import com.avoma.webhooks.quickstart.seed.ApiKeys;
import com.avoma.webhooks.quickstart.seed.Cast;
import com.avoma.webhooks.quickstart.seed.DirectoryPublisher;
import com.avoma.webhooks.quickstart.seed.EventPublisher;
import com.avoma.webhooks.quickstart.seed.KafkaPublisher;
import com.avoma.webhooks.quickstart.seed.SampleWebhooks;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/// Brings two organizations in and, for the first, webhooks and events: through Kafka and the
/// public API only.
final class Seeding {
    private static final Duration DIRECTORY_BOUND = Duration.ofSeconds(30);

    private final DataDirectory data;
    private final String apiAddress;
    private final String bootstrapServers;
    private final Topics topics;

    Seeding(DataDirectory data, String apiAddress, String bootstrapServers, Topics topics) {
        this.data = data;
        this.apiAddress = apiAddress;
        this.bootstrapServers = bootstrapServers;
        this.topics = topics;
    }

    /// What the organizations' callers need.
    ///
    /// @param apiKey `CLIENT_KEY:CLIENT_SECRET` of the first organization
    /// @param otherApiKey that of the second
    /// @param adminToken JWT of the first organization's admin
    /// @param memberToken JWT of a plain member of it
    record Credentials(String apiKey, String otherApiKey, String adminToken, String memberToken) {}

    /// @param signingSecret of the first organization
    /// @param webhooks one for each event
    record Sample(String signingSecret, Map<TriggerEvent, UUID> webhooks) {}

    Credentials organizations(Cast first, Cast other, TokenIssuer tokens)
            throws InterruptedException {
        try (var kafka = new KafkaPublisher(bootstrapServers)) {
            var directory = new DirectoryPublisher(kafka, topics);
            directory.publish(first);
            directory.publish(other);
        }
        var adminToken = tokens.tokenFor(first.admin());
        return new Credentials(
                apiKey(first, adminToken, "api-key"),
                apiKey(other, tokens.tokenFor(other.admin()), "other-api-key"),
                adminToken,
                tokens.tokenFor(first.plainMember()));
    }

    Sample webhooks(String adminToken, int receiverPort) throws InterruptedException {
        try (var admin = new ApiClient(apiAddress, adminToken)) {
            var sample = new SampleWebhooks(admin, receiverPort);
            return new Sample(sample.signingSecret(), sample.webhooks());
        }
    }

    /// Publishes one event of each type, by the organization's first user.
    void events(Cast cast, Map<TriggerEvent, UUID> webhooks, Scoreboard scoreboard)
            throws InterruptedException {
        try (var kafka = new KafkaPublisher(bootstrapServers)) {
            var publisher = new EventPublisher(kafka, topics, Clock.systemUTC());
            for (var webhook : webhooks.entrySet()) {
                var event = publisher.next(webhook.getKey());
                var id = MessageId.of(EventPublisher.SOURCE, event.id(), webhook.getValue());
                scoreboard.published(id, event.time());
                publisher.publish(event, cast.organization().uuid(), cast.admin().uuid());
            }
        }
    }

    private record Teams(int count) {}

    /// Waits until config-service has read the directory.
    private String apiKey(Cast cast, String adminToken, String file) throws InterruptedException {
        try (var admin = new ApiClient(apiAddress, adminToken)) {
            admin.await(
                    "GET",
                    "/v1/teams/",
                    null,
                    DIRECTORY_BOUND,
                    answer -> answer.as(Teams.class).count() == cast.teams().size());
            return new ApiKeys(apiAddress).keyFor(admin, data.file(file));
        }
    }
}
