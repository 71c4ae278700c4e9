package com.avoma.webhooks.dispatcher.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.decision.RoutingDecision.Reason;
import com.avoma.webhooks.common.event.MeetingEvent;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.MessageId;
import com.avoma.webhooks.common.job.TraceContext;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.dispatcher.routing.Routing;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FanoutTest {
    private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
    private static final MeetingEvent EVENT =
            new MeetingEvent(
                    "e-1",
                    "/meetings",
                    TriggerEvent.AINOTE,
                    NOW,
                    new UUID(1, 1),
                    "u-1",
                    new TraceContext("00-a-b-01", null),
                    Payload.of("{\"event_type\":\"AINOTE\"}"));

    @Test
    void makesOneJobForEachWebhookThatMatched() {
        var first = new UUID(4, 1);
        var second = new UUID(4, 2);
        var routing =
                new Routing(
                        7,
                        Set.of(),
                        List.of(
                                new Routing.Verdict(first, Reason.MATCHED),
                                new Routing.Verdict(new UUID(4, 9), Reason.OUT_OF_SCOPE),
                                new Routing.Verdict(second, Reason.MATCHED)));
        assertThat(Fanout.jobs(EVENT, routing)).containsExactly(job(first), job(second));
    }

    @Test
    void makesNoneWhereNothingMatched() {
        var routing =
                new Routing(7, Set.of(), List.of(new Routing.Verdict(new UUID(4, 9), Reason.PLAN)));
        assertThat(Fanout.jobs(EVENT, routing)).isEmpty();
    }

    private static DeliveryJob job(UUID webhook) {
        return new DeliveryJob(
                MessageId.of("/meetings", "e-1", webhook),
                EVENT.organizationId(),
                webhook,
                7,
                "e-1",
                "/meetings",
                "AINOTE",
                NOW,
                "u-1",
                1,
                null,
                DeliveryJob.Origin.EVENT,
                EVENT.trace(),
                EVENT.body());
    }
}
