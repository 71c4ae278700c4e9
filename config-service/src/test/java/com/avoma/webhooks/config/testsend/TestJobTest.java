package com.avoma.webhooks.config.testsend;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.job.DeliveryJob.Origin;
import com.avoma.webhooks.common.json.JsonNormalizer;
import com.avoma.webhooks.config.setup.InactiveReason;
import com.avoma.webhooks.config.setup.Webhook;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestJobTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @EnumSource(TriggerEvent.class)
    void sendsTheSampleOfTheWebhooksTriggerEventAsAnyBodyIsSent(TriggerEvent event) {
        var organization = UUID.randomUUID();
        var webhook = webhook(event);
        var test = UUID.randomUUID();

        var job = TestJob.of(organization, webhook, test, 7, NOW);

        assertThat(JsonNormalizer.normalizeObject(job.body().bytes()).changed()).isFalse();
        assertThat(job.body()).isEqualTo(event.sample());
        assertThat(job.eventType()).isEqualTo(event.name());
        assertThat(job.eventId()).isEqualTo("test-" + test);
        assertThat(job.origin()).isEqualTo(Origin.TEST);
        assertThat(job.configRevision()).isEqualTo(7);
        assertThat(job.attempt()).isEqualTo(1);
        assertThat(job.organizationUuid()).isEqualTo(organization);
        assertThat(job.messageId())
                .isNotEqualTo(
                        TestJob.of(organization, webhook, UUID.randomUUID(), 7, NOW).messageId());
    }

    private static Webhook webhook(TriggerEvent event) {
        var fields = new Webhook.Fields("A", event, "https://example.com/", 2, Set.of(), List.of());
        return new Webhook(UUID.randomUUID(), 1, fields, InactiveReason.ADMIN, NOW, NOW);
    }
}
