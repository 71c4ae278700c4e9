package com.avoma.webhooks.dispatcher.decision;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.common.event.MeetingEvent;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.dispatcher.publication.TransactionPublisher;
import com.avoma.webhooks.dispatcher.routing.Routing;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.stereotype.Component;

/// Puts the decision on `routing-decisions`, within the transaction of its event.
@Component
public class DecisionPublisher {
    private final String topic;
    private final InstantSource clock;

    DecisionPublisher(Topics topics, InstantSource clock) {
        this.topic = topics.routingDecisions();
        this.clock = clock;
    }

    /// Hands the decision to the transaction.
    ///
    /// @param jobs one for each verdict that matched, in their order
    /// @param origin where the event's record is
    public void publish(
            MeetingEvent event,
            Routing routing,
            List<DeliveryJob> jobs,
            Position origin,
            TransactionPublisher transaction) {
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
                        decisions(routing, jobs));
        transaction.publish(
                new ProducerRecord<>(
                        topic,
                        event.id().getBytes(StandardCharsets.UTF_8),
                        DecisionWriter.write(decision)));
    }

    private static List<RoutingDecision.Decision> decisions(
            Routing routing, List<DeliveryJob> jobs) {
        var decisions = new ArrayList<RoutingDecision.Decision>(routing.verdicts().size());
        var next = jobs.iterator();
        for (var verdict : routing.verdicts()) {
            boolean matched = verdict.matched();
            decisions.add(
                    new RoutingDecision.Decision(
                            verdict.webhook(),
                            matched,
                            verdict.reason(),
                            matched ? next.next().messageId() : null));
        }
        return decisions;
    }
}
