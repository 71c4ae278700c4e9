package com.avoma.webhooks.delivery.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.attempt.AttemptRecord.Timings;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.TraceContext;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.delivery.sending.Attempt;
import com.avoma.webhooks.delivery.sending.Outcome;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttemptSpansTest {
    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final InMemorySpanExporter exported = InMemorySpanExporter.create();
    private final AttemptSpans spans =
            new AttemptSpans(
                    SdkTracerProvider.builder()
                            .addSpanProcessor(SimpleSpanProcessor.create(exported))
                            .build()
                            .get("test"));

    @Test
    void isInTheTraceOfTheEventAndTellsTheReceiver() {
        var trace = spans.begin(job(1, new TraceContext(PARENT, "a=b")));
        attempted(trace, new Outcome.Delivered(200));

        var span = only();
        assertThat(span.getName()).isEqualTo("deliver AINOTE");
        assertThat(span.getParentSpanId()).isEqualTo("00f067aa0ba902b7");
        assertThat(trace.sent())
                .isEqualTo(
                        new TraceContext(
                                "00-4bf92f3577b34da6a3ce929d0e0e4736-" + span.getSpanId() + "-01",
                                "a=b"));
        assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        assertThat(span.getAttributes().get(AttributeKey.longKey("http.response.status_code")))
                .isEqualTo(200);
        assertThat(span.getAttributes().get(AttributeKey.longKey("webhooks.tls_ms"))).isEqualTo(4);
        assertThat(span.getAttributes().get(AttributeKey.longKey("webhooks.dns_ms"))).isNull();
        assertThat(span.getLinks()).isEmpty();
    }

    @Test
    void linksARetryToTheAttemptBefore() {
        var first = spans.begin(job(1, new TraceContext(PARENT, null)));
        attempted(first, new Outcome.Refused(503, null));
        attempted(spans.begin(job(2, first.next())), new Outcome.Delivered(200));

        var before = exported.getFinishedSpanItems().getFirst();
        var after = exported.getFinishedSpanItems().getLast();
        assertThat(before.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(before.getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo("503");
        assertThat(after.getParentSpanId()).isEqualTo(before.getParentSpanId());
        assertThat(after.getLinks())
                .extracting(LinkData::getSpanContext)
                .extracting(SpanContext::getSpanId)
                .containsExactly(before.getSpanId());
    }

    @Test
    void keepsTheAttemptsTogetherWhereNobodyTracedBefore() {
        var first = spans.begin(job(1, null));
        attempted(first, new Outcome.Unreachable(Failure.TIMEOUT, "No answer"));
        attempted(spans.begin(job(2, first.next())), new Outcome.Delivered(200));

        var before = exported.getFinishedSpanItems().getFirst();
        var after = exported.getFinishedSpanItems().getLast();
        assertThat(before.getAttributes().get(AttributeKey.stringKey("error.type")))
                .isEqualTo("timeout");
        assertThat(before.getStatus().getDescription()).isEqualTo("No answer.");
        assertThat(after.getTraceId()).isEqualTo(before.getTraceId());
        assertThat(after.getLinks()).hasSize(1);
    }

    @Test
    void letsMeasurementsBeFoundByTheTrace() {
        var trace = spans.begin(job(1, null));

        var current = new ArrayList<String>();
        trace.ended(
                attempt(new Outcome.Delivered(200)),
                () -> current.add(Span.current().getSpanContext().getSpanId()));

        assertThat(current).containsExactly(only().getSpanId());
        assertThat(Span.current().getSpanContext().isValid()).isFalse();
    }

    @Test
    void tellsOfAFaultOfOurs() {
        spans.begin(job(1, null)).failed(new IllegalStateException("no key"));

        assertThat(only().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(only().getEvents()).hasSize(1);
    }

    @Test
    void handsOnTheProducersContextWhereNothingIsTraced() {
        var producers = new TraceContext(PARENT, "a=b");

        var trace = new AttemptSpans(null).begin(job(1, producers));
        attempted(trace, new Outcome.Refused(500, null));

        assertThat(trace.sent()).isEqualTo(producers);
        assertThat(trace.next()).isEqualTo(producers);
        assertThat(new AttemptSpans(null).begin(job(1, null)).sent()).isNull();
        assertThat(exported.getFinishedSpanItems()).isEmpty();
    }

    private SpanData only() {
        assertThat(exported.getFinishedSpanItems()).hasSize(1);
        return exported.getFinishedSpanItems().getFirst();
    }

    private static void attempted(AttemptTrace trace, Outcome outcome) {
        trace.ended(attempt(outcome), () -> {});
    }

    private static Attempt attempt(Outcome outcome) {
        return new Attempt(
                outcome,
                Instant.EPOCH,
                Duration.ofMillis(9),
                new Timings(null, 2L, 4L, 7L),
                null,
                null);
    }

    private static DeliveryJob job(int attempt, @Nullable TraceContext trace) {
        return new DeliveryJob(
                "msg_1",
                new UUID(1, 1),
                new UUID(2, 2),
                1,
                "e-1",
                "/meetings",
                "AINOTE",
                Instant.EPOCH,
                "u-1",
                attempt,
                null,
                DeliveryJob.Origin.EVENT,
                trace,
                Payload.of("{}"));
    }
}
