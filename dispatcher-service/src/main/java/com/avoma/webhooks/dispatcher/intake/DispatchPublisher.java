package com.avoma.webhooks.dispatcher.intake;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.event.MeetingEvent;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.trace.Propagation;
import com.avoma.webhooks.dispatcher.decision.DecisionPublisher;
import com.avoma.webhooks.dispatcher.event.Budget;
import com.avoma.webhooks.dispatcher.event.EventReader;
import com.avoma.webhooks.dispatcher.event.Intake;
import com.avoma.webhooks.dispatcher.event.SchemaCheck;
import com.avoma.webhooks.dispatcher.fanout.Fanout;
import com.avoma.webhooks.dispatcher.fanout.JobPublisher;
import com.avoma.webhooks.dispatcher.metrics.DispatchMetrics;
import com.avoma.webhooks.dispatcher.metrics.Tally;
import com.avoma.webhooks.dispatcher.publication.TransactionPublisher;
import com.avoma.webhooks.dispatcher.routing.RoutingTable;
import com.avoma.webhooks.dispatcher.trace.EventSpans;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// One event from its record to its jobs and its decision, or to a dead letter. Shared by all
/// threads. Next: [RoutingTable#match].
@Component
class DispatchPublisher {
    private static final Logger log = LoggerFactory.getLogger(DispatchPublisher.class);

    private final EventReader reader;
    private final RoutingTable routes;
    private final Outcomes outcomes;
    private final DispatchMetrics metrics;
    private final EventSpans spans;

    /// A producer that errs errs in each event; all are counted.
    private final Budget violationLines = new Budget(10, System::nanoTime);

    /// Where an event's results go.
    @Component
    record Outcomes(
            JobPublisher jobs, DecisionPublisher decisions, EventDeadLetterPublisher deadLetters) {}

    DispatchPublisher(
            EventReader reader,
            RoutingTable routes,
            Outcomes outcomes,
            DispatchMetrics metrics,
            EventSpans spans) {
        this.reader = reader;
        this.routes = routes;
        this.outcomes = outcomes;
        this.metrics = metrics;
        this.spans = spans;
    }

    /// Publishes what becomes of the event within the transaction, and counts it.
    void publish(
            ConsumerRecord<byte[], byte[]> record, TransactionPublisher transaction, Tally tally) {
        switch (reader.read(JobRecord.table(record.headers())::get, record.value())) {
            case Intake.Accepted(var event, var inexactNumbers, var schema) -> {
                tally.inexactNumbers(inexactNumbers);
                note(schema, event, record, tally);
                tally.dispatched(route(event, record, transaction, tally));
            }
            case Intake.Rejected rejected -> {
                outcomes.deadLetters().publish(record, rejected, transaction);
                tally.deadLettered();
            }
        }
    }

    private void note(
            SchemaCheck.Finding schema,
            MeetingEvent event,
            ConsumerRecord<byte[], byte[]> record,
            Tally tally) {
        switch (schema) {
            case SchemaCheck.Finding.Sound() -> {}
            case SchemaCheck.Finding.Unchecked() -> tally.unchecked();
            case SchemaCheck.Finding.Violation(var fault) -> {
                tally.violation(event.type());
                if (violationLines.take()) {
                    log.warn(
                            "event.schema_violation event_type={} partition={} offset={} fault={}",
                            event.type(),
                            record.partition(),
                            record.offset(),
                            fault);
                }
            }
        }
    }

    /// Counts what was committed.
    void committed(Tally tally) {
        metrics.add(tally);
        tally.endSpans();
        tally.clear();
    }

    /// @return how many jobs
    private int route(
            MeetingEvent event,
            ConsumerRecord<byte[], byte[]> record,
            TransactionPublisher transaction,
            Tally tally) {
        var routing = routes.match(event);
        if (routing.verdicts().isEmpty()) {
            return 0;
        }
        var origin = new Position(record.topic(), record.partition(), record.offset());
        var jobs = Fanout.jobs(traced(event, origin, tally), routing);
        outcomes.decisions().publish(event, routing, jobs, origin, transaction);
        jobs.forEach(job -> outcomes.jobs().publish(job, transaction));
        return jobs.size();
    }

    /// The event in the course of a span of its own, where there is one.
    private MeetingEvent traced(MeetingEvent event, Position origin, Tally tally) {
        var span = spans.begin(event, origin);
        if (span == null) {
            return event;
        }
        tally.traced(span);
        return event.under(Propagation.of(span));
    }
}
