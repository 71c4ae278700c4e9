package com.avoma.webhooks.benchmark;

import com.avoma.webhooks.common.decision.RoutingDecision.Reason;
import com.avoma.webhooks.common.event.MeetingEvent;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.dispatcher.event.Budget;
import com.avoma.webhooks.dispatcher.event.EventReader;
import com.avoma.webhooks.dispatcher.event.Intake;
import com.avoma.webhooks.dispatcher.event.SchemaCheck;
import com.avoma.webhooks.dispatcher.fanout.Fanout;
import com.avoma.webhooks.dispatcher.routing.Routing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What dispatch itself pays for an event with one match, beside Kafka's clients: nanoseconds, on
/// the sample payload of a booked meeting.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DispatchPieces {
    private static final TriggerEvent TYPE = TriggerEvent.MEETING_BOOKED_VIA_SCHEDULER;

    private final EventReader reader =
            new EventReader(
                    262_144,
                    new SchemaCheck(SchemaCheck.Mode.OFF, new Budget(1, System::nanoTime)));
    private final byte[] value = TYPE.sample().bytes();
    private final Headers headers = headers();
    private final MeetingEvent event = ((Intake.Accepted) read()).event();
    private final Routing routing =
            new Routing(7, Set.of(), List.of(new Routing.Verdict(new UUID(4, 1), Reason.MATCHED)));
    private final DeliveryJob job = Fanout.jobs(event, routing).getFirst();

    @Benchmark
    public Object readEvent() {
        return read();
    }

    @Benchmark
    public Object makeJobs() {
        return Fanout.jobs(event, routing);
    }

    @Benchmark
    public Object makeJobRecord() {
        return JobRecord.of("delivery-jobs", job);
    }

    private Intake read() {
        return reader.read(JobRecord.table(headers)::get, value);
    }

    private static Headers headers() {
        var headers = new RecordHeaders();
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", "5f0c7f6e-3a7d-4f63-9d6e-0a4f5e1f9b11");
        add(headers, "ce_source", "/meetings");
        add(headers, "ce_type", TYPE.name());
        add(headers, "ce_time", "2026-11-01T10:00:00.123Z");
        add(headers, "ce_organizationid", "0b6f8a64-6c5d-4b5c-8c8e-5ad2b6c1f001");
        add(headers, "ce_userid", "0b6f8a64-6c5d-4b5c-8c8e-5ad2b6c1f002");
        add(headers, "content-type", "application/json");
        return headers;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
