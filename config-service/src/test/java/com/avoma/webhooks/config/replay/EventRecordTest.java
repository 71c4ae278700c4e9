package com.avoma.webhooks.config.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.event.MeetingEvent;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.job.TraceContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The cases of dispatcher-service's own reader, from the side of what is routed.
class EventRecordTest {
    private static final UUID ACME = UUID.fromString("11111111-2222-3333-4444-555555555555");
    private static final String BODY =
            "{ \"event_type\": \"AINOTE\", \"n\": 1.0, \"2\": \"\\u00e9\" }";
    private static final String STABLE = "{\"2\":\"é\",\"event_type\":\"AINOTE\",\"n\":1}";

    @Test
    void readsBinaryModeAndNormalisesTheBody() {
        var event = read(headers(), BODY);

        assertThat(event).isNotNull();
        assertThat(event.id()).isEqualTo("evt-1");
        assertThat(event.source()).isEqualTo("/meetings");
        assertThat(event.type()).isEqualTo(TriggerEvent.AINOTE);
        assertThat(event.time()).isEqualTo(Instant.parse("2026-03-01T12:00:00.5Z"));
        assertThat(event.organizationId()).isEqualTo(ACME);
        assertThat(event.userId()).isEqualTo("somebody");
        assertThat(event.body().text()).isEqualTo(STABLE);
        assertThat(event.trace()).isNull();
    }

    @Test
    void readsStructuredModeTheSame() {
        var attributes =
                """
                {"specversion":"1.0","id":"evt-1","source":"/meetings","type":"AINOTE",
                 "time":"2026-03-01T12:00:00.5Z","organizationid":"%s","userid":"somebody",
                """
                        .formatted(ACME);
        var headers = Map.of("content-type", "Application/CloudEvents+JSON; charset=utf-8");
        var base64 = Base64.getEncoder().encodeToString(BODY.getBytes(StandardCharsets.UTF_8));

        assertThat(read(headers, attributes + "\"data\":" + BODY + "}"))
                .isEqualTo(read(headers(), BODY));
        assertThat(read(headers, attributes + "\"data_base64\":\"" + base64 + "\"}"))
                .isEqualTo(read(headers(), BODY));
        assertThat(read(headers, attributes + "\"x\":1}")).isNull();
        assertThat(read(headers, attributes)).isNull();
        assertThat(read(headers, "[]")).isNull();
    }

    @Test
    void takesTheTraceAlong() {
        var headers = headers();
        headers.put("traceparent", "00-plain");
        headers.put("tracestate", "a=b");
        assertThat(Objects.requireNonNull(read(headers, BODY)).trace())
                .isEqualTo(new TraceContext("00-plain", "a=b"));

        headers.put("ce_traceparent", "00-extension");
        assertThat(Objects.requireNonNull(read(headers, BODY)).trace())
                .isEqualTo(new TraceContext("00-extension", null));

        headers.put("ce_traceparent", "0".repeat(129));
        assertThat(Objects.requireNonNull(read(headers, BODY)).trace()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    ce_specversion,    -
                    ce_specversion,    0.3
                    ce_id,             -
                    ce_id,             ' '
                    ce_source,         -
                    ce_type,           -
                    ce_type,           NOPE
                    ce_type,           MEETING_BOOKED_VIA_SCHEDULER
                    ce_time,           -
                    ce_time,           2026-03-01
                    ce_time,           2026-03-01T12:00Z
                    ce_time,           2026-13-01T12:00:00Z
                    ce_organizationid, -
                    ce_organizationid, acme
                    ce_organizationid, 22222222-2222-3333-4444-555555555555
                    ce_userid,         -
                    content-type,      application/cloudevents
                    content-type,      application/cloudevents-batch+json
                    """)
    void isNothingWhereTheEventWasNotRouted(String name, @Nullable String value) {
        var headers = headers();
        headers.remove(name);
        if (value != null) {
            headers.put(name, value);
        }

        assertThat(read(headers, BODY)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01t12:00:00z, 2026-03-01T12:00:00Z",
        "2026-03-01T14:00:00+02:00, 2026-03-01T12:00:00Z",
        "2026-03-01T12:00:00.1234567891234Z, 2026-03-01T12:00:00.123456789Z"
    })
    void takesEveryFormOfATime(String time, Instant instant) {
        var headers = headers();
        headers.put("ce_time", time);

        assertThat(Objects.requireNonNull(read(headers, BODY)).time()).isEqualTo(instant);
    }

    @Test
    void isNothingWhereTheBodyIsNone() {
        assertThat(read(headers(), null)).isNull();
        assertThat(read(headers(), "")).isNull();
        assertThat(read(headers(), "nonsense")).isNull();
        assertThat(read(headers(), "[1]")).isNull();
        assertThat(read(headers(), "{}")).isNull();
        var large = "{\"event_type\":\"AINOTE\",\"a\":\"" + "a".repeat(256 * 1024) + "\"}";
        assertThat(read(headers(), large)).isNull();
    }

    private static Map<String, String> headers() {
        return new HashMap<>(
                Map.of(
                        "ce_specversion", "1.0",
                        "ce_id", "evt-1",
                        "ce_source", "/meetings",
                        "ce_type", "AINOTE",
                        "ce_time", "2026-03-01T12:00:00.5Z",
                        "ce_organizationid", ACME.toString(),
                        "ce_userid", "somebody"));
    }

    private static @Nullable MeetingEvent read(
            Map<String, String> headers, @Nullable String value) {
        return EventRecord.read(
                headers::get,
                value == null ? null : value.getBytes(StandardCharsets.UTF_8),
                ACME::equals);
    }
}
