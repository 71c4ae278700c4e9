package com.avoma.webhooks.dispatcher.decision;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.common.event.MeetingEvent;
import com.avoma.webhooks.common.job.MessageId;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.dispatcher.routing.Routing;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/// Puts the decision on `routing-decisions`, within the transaction of its event.
@Component
public class DecisionPublisher {
    private final KafkaTemplate<byte[], byte[]> kafka;
    private final Topics topics;
    private final InstantSource clock;

    DecisionPublisher(KafkaTemplate<byte[], byte[]> kafka, Topics topics, InstantSource clock) {
        this.kafka = kafka;
        this.topics = topics;
        this.clock = clock;
    }

    /// Hands the decision to the producer. That it arrived is known when the transaction commits.
    ///
    /// @param origin where the event's record is
    public void publish(MeetingEvent event, Routing routing, Position origin) {
        var decisions =
                routing.verdicts().stream().map(verdict -> decision(event, verdict)).toList();
        var decision =
                new RoutingDecision(
                        event.organizationId(),
                        event.id(),
                        event.source(),
                        event.type().name(),
                        event.userId(),
                        event.time(),
                        clock.instant(),
                        routing.configRevision(),
                        routing.userTeams(),
                        origin,
                        decisions);
        var _ =
                kafka.send(
                        new ProducerRecord<>(
                                topics.routingDecisions(),
                                event.id().getBytes(StandardCharsets.UTF_8),
                                Json.write(decision)));
    }

    private static RoutingDecision.Decision decision(MeetingEvent event, Routing.Verdict verdict) {
        var messageId =
                verdict.matched()
                        ? MessageId.of(event.source(), event.id(), verdict.webhook())
                        : null;
        return new RoutingDecision.Decision(
                verdict.webhook(), verdict.matched(), verdict.reason(), messageId);
    }
}
