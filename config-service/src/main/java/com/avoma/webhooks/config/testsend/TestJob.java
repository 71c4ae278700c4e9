package com.avoma.webhooks.config.testsend;

import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.MessageId;
import com.avoma.webhooks.common.json.JsonNormalizer;
import com.avoma.webhooks.config.setup.Webhook;
import java.time.Instant;
import java.util.UUID;

/// Makes the job of a test send: the sample of the webhook's trigger event, as an event that nobody
/// published.
final class TestJob {
    /// In the place of a producer.
    static final String SOURCE = "urn:avoma:webhooks:test";

    /// In the place of an attributed user: a test is for no team.
    private static final String USER = "test";

    private TestJob() {}

    /// @param test tells it from every other test send
    /// @param revision of the organization's latest snapshot on Kafka
    static DeliveryJob of(
            UUID organization, Webhook webhook, UUID test, long revision, Instant now) {
        var type = webhook.fields().eventType();
        var eventId = "test-" + test;
        return new DeliveryJob(
                MessageId.of(SOURCE, eventId, webhook.uuid()),
                organization,
                webhook.uuid(),
                revision,
                eventId,
                SOURCE,
                type.name(),
                now,
                USER,
                1,
                null,
                DeliveryJob.Origin.TEST,
                null,
                JsonNormalizer.normalizeObject(type.sample().bytes()).body());
    }
}
