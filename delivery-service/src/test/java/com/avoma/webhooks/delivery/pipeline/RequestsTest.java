package com.avoma.webhooks.delivery.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.DeliveryJob.Origin;
import com.avoma.webhooks.common.job.TraceContext;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.delivery.deadletter.SourceRecord;
import com.avoma.webhooks.delivery.endpoint.Endpoint;
import com.avoma.webhooks.delivery.sending.Request;
import com.avoma.webhooks.delivery.sending.Request.Header;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestsTest {
    private static final Instant NOW = Instant.parse("2026-10-15T15:42:07Z");
    private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    @Test
    void passesTheTraceOnToTheReceiver() {
        var request = request(Origin.EVENT, new TraceContext(PARENT, "vendor=a1,other=b2"));

        assertThat(request.headers())
                .contains(
                        new Header("traceparent", PARENT),
                        new Header("tracestate", "vendor=a1,other=b2"))
                .noneMatch(header -> header.name().equals("webhooks-test"));
    }

    @Test
    void sendsNoTraceWhereTheProducerSentNone() {
        assertThat(request(Origin.EVENT, null).headers())
                .noneMatch(header -> header.name().startsWith("trace"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "00-0AF7-b7ad-01", PARENT + "\r\nX-Avoma-Signature: a"})
    void leavesOutWhatIsNoTraceInsteadOfFailing(String parent) {
        assertThat(request(Origin.EVENT, new TraceContext(parent, "a=b")).headers())
                .noneMatch(header -> header.name().startsWith("trace"));
    }

    @Test
    void leavesOutAStateThatNoHeaderCanHold() {
        assertThat(request(Origin.EVENT, new TraceContext(PARENT, "a=b\nX: y")).headers())
                .contains(new Header("traceparent", PARENT))
                .noneMatch(header -> header.name().equals("tracestate"));
    }

    @Test
    void marksTests() {
        assertThat(request(Origin.TEST, null).headers())
                .contains(new Header("webhooks-test", "true"));
    }

    private static Request request(Origin origin, TraceContext trace) {
        var job =
                new DeliveryJob(
                        "msg_1",
                        new UUID(1, 1),
                        new UUID(2, 2),
                        1,
                        "e-1",
                        "/meetings",
                        "AINOTE",
                        NOW,
                        "u",
                        1,
                        null,
                        origin,
                        trace,
                        Payload.of("{}"));
        var source = new SourceRecord(new Position("delivery-jobs", 0, 1), null, null, List::of);
        return Requests.of(
                new Arrival.Job(job, source),
                new Endpoint("https://example.com/hook", List.of(), List.of(), null),
                "Avoma-Webhooks/1",
                trace,
                NOW);
    }
}
