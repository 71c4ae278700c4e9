package com.avoma.webhooks.dispatcher.intake;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.event.MeetingEvent;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.dispatcher.decision.DecisionPublisher;
import com.avoma.webhooks.dispatcher.fanout.Fanout;
import com.avoma.webhooks.dispatcher.fanout.JobPublisher;
import com.avoma.webhooks.dispatcher.metrics.DispatchMetrics;
import com.avoma.webhooks.dispatcher.routing.RoutingTable;
import com.avoma.webhooks.dispatcher.topic.TableClient;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/// Where meeting events come in. The container runs each batch in one Kafka transaction that holds
/// the jobs, the decisions, the dead letters and the offsets: all of it or, after an exception,
/// nothing, and the batch comes again. Next: [RoutingTable#match].
@Component
class EventListener {
    private final TableClient tables;
    private final EventReader reader;
    private final RoutingTable routes;
    private final Dispatch dispatch;

    /// Where an event's results go.
    @Component
    record Dispatch(
            JobPublisher jobs,
            DecisionPublisher decisions,
            EventDeadLetterPublisher deadLetters,
            DispatchMetrics metrics) {}

    EventListener(TableClient tables, EventReader reader, RoutingTable routes, Dispatch dispatch) {
        this.tables = tables;
        this.reader = reader;
        this.routes = routes;
        this.dispatch = dispatch;
    }

    @KafkaListener(id = "meeting-events", idIsGroup = false, topics = "#{@topics.meetingEvents()}")
    void onEvents(List<ConsumerRecord<byte[], byte[]>> batch) {
        // a change that was acknowledged before an event was published is in the table from here on
        tables.catchUp();
        for (var record : batch) {
            switch (reader.read(name -> JobRecord.text(record.headers(), name), record.value())) {
                case Intake.Accepted(var event, var inexactNumbers) -> {
                    route(event, record);
                    dispatch.metrics().inexactNumbers(inexactNumbers);
                }
                case Intake.Rejected rejected -> {
                    dispatch.deadLetters().publish(record, rejected);
                    dispatch.metrics().deadLettered();
                }
            }
        }
    }

    private void route(MeetingEvent event, ConsumerRecord<byte[], byte[]> record) {
        var routing = routes.match(event);
        if (!routing.verdicts().isEmpty()) {
            var origin = new Position(record.topic(), record.partition(), record.offset());
            dispatch.decisions().publish(event, routing, origin);
        }
        var jobs = Fanout.jobs(event, routing);
        jobs.forEach(dispatch.jobs()::publish);
        dispatch.metrics().dispatched(jobs.size());
    }
}
