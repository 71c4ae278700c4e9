package com.avoma.webhooks.dispatcher.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.event.MeetingEvent;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.job.TraceContext;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.dispatcher.metrics.Tally;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EventSpansTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final Position ORIGIN = new Position("meeting-events", 3, 17);

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final EventSpans spans =
            new EventSpans(
                    SdkTracerProvider.builder()
                            .addSpanProcessor(SimpleSpanProcessor.create(exported))
                            .build()
                            .get("test"));

    @Test
    void goesOnWithTheProducersTrace() {
        spans.begin(event(new TraceContext(PARENT, "a=b")), ORIGIN).end();

        var span = exported.getFinishedSpanItems().getFirst();
        assertThat(span.getName()).isEqualTo("dispatch meeting-events");
        assertThat(span.getTraceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(span.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(span.getAttributes().get(AttributeKey.longKey("messaging.kafka.offset")))
                .isEqualTo(17);
        assertThat(span.getAttributes().get(AttributeKey.stringKey("webhooks.event.id")))
                .isEqualTo("e-1");
    }

    @Test
    void beginsATraceWhereTheProducerSentNone() {
        spans.begin(event(null), ORIGIN).end();

        assertThat(exported.getFinishedSpanItems().getFirst().getParentSpanId())
                .isEqualTo(SpanId.getInvalid());
    }

    @Test
    void tellsNothingOfWhatWasRolledBack() {
        var tally = new Tally();
        tally.traced(spans.begin(event(null), ORIGIN));
        tally.clear();
        tally.traced(spans.begin(event(null), ORIGIN));
        tally.endSpans();

        assertThat(exported.getFinishedSpanItems()).hasSize(1);
    }

    @Test
    void isOffWithoutATracer() {
        assertThat(new EventSpans(null).begin(event(null), ORIGIN)).isNull();
    }

    private static MeetingEvent event(@Nullable TraceContext trace) {
        return new MeetingEvent(
                "e-1",
                "/meetings",
                TriggerEvent.AINOTE,
                Instant.EPOCH,
                new UUID(1, 2),
                "u-1",
                trace,
                Payload.of("{}"));
    }
}
