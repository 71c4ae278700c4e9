package com.avoma.webhooks.systemtests;

import static com.avoma.webhooks.systemtests.MeetingEventBuilder.aiNotes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// From the producer's span to the receiver's request, the attempt that failed included.
class OneTraceShowsTheWholeWayIT {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PRODUCER = "00f067aa0ba902b7";

    @Test
    void goesOnFromTheProducerThroughDispatchAndEachAttemptToTheReceiver() {
        try (var collector = TraceCollector.start();
                var platform =
                        Platform.start(
                                "MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT="
                                        + collector.url(),
                                "WEBHOOKS_DELIVERY_RETRY_DELAYS=1s,2s,3s",
                                "WEBHOOKS_DELIVERY_RETRY_JITTER=0");
                var receiver = platform.receiver()) {
            receiver.answers(503, 200);
            platform.api().addWebhook("AINOTE", receiver.url("/hooks"));
            platform.publish(aiNotes().tracedBy("00-" + TRACE + "-" + PRODUCER + "-01"));

            var deliveries = receiver.awaitDeliveries(2);
            // each service sends its own every few seconds, in no order
            Awaiting.until(
                    "the spans of both services",
                    () ->
                            !collector.spansOf("dispatcher-service", TRACE).isEmpty()
                                    && collector.spansOf("delivery-service", TRACE).size() == 2);

            var dispatch = collector.spansOf("dispatcher-service", TRACE);
            assertThat(dispatch).hasSize(1);
            assertThat(dispatch.getFirst().parentId()).isEqualTo(PRODUCER);
            var attempts = collector.spansOf("delivery-service", TRACE);
            for (int i = 0; i < 2; i++) {
                assertThat(attempts.get(i).parentId()).isEqualTo(dispatch.getFirst().spanId());
                assertThat(deliveries.get(i).header("traceparent"))
                        .isEqualTo("00-" + TRACE + "-" + attempts.get(i).spanId() + "-01");
            }
            assertThat(attempts.getFirst().links()).isEmpty();
            assertThat(attempts.getLast().links()).containsExactly(attempts.getFirst().spanId());
            assertThat(exemplars(platform)).contains("trace_id=\"" + TRACE + "\"");
        }
    }

    /// The metrics as Prometheus asks for them where it keeps exemplars.
    private static String exemplars(Platform platform) {
        return Api.text(
                platform.variable("DELIVERY_MANAGEMENT_URL") + "/actuator/prometheus",
                "application/openmetrics-text; version=1.0.0; charset=utf-8");
    }
}
