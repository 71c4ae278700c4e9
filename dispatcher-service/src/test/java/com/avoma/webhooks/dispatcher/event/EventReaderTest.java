package com.avoma.webhooks.dispatcher.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.event.MeetingEvent;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.dispatcher.event.Intake.Reason;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private static final UUID ORGANIZATION =
            UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final String BODY = "{\"event_type\":\"AINOTE\",\"subject\":\"Café 🎉\"}";
    private static final int LARGEST = 4096;
    private static final SchemaCheck OFF =
            new SchemaCheck(SchemaCheck.Mode.OFF, new Budget(0, () -> 0));

    private final EventReader reader = new EventReader(LARGEST, OFF);
    private final Map<String, String> headers = new HashMap<>(attributes("ce_"));

    @Test
    void readsBinaryMode() {
        assertThat(accepted(BODY))
                .isEqualTo(
                        new MeetingEvent(
                                "e-1",
                                "/meetings",
                                TriggerEvent.AINOTE,
                                Instant.parse("2026-11-01T10:00:00Z"),
                                ORGANIZATION,
                                "u-1",
                                null,
                                com.avoma.webhooks.common.json.Payload.of(BODY)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/cloudevents+json",
                "application/cloudevents+json; charset=UTF-8",
                "Application/CloudEvents+JSON"
            })
    void readsStructuredMode(String contentType) {
        var binary = accepted(BODY);
        headers.clear();
        headers.put("content-type", contentType);
        assertThat(accepted(structured("\"data\": " + BODY))).isEqualTo(binary);
    }

    @Test
    void readsBase64DataOfStructuredMode() {
        var binary = accepted(BODY);
        headers.clear();
        headers.put("content-type", "application/cloudevents+json");
        var base64 = Base64.getEncoder().encodeToString(BODY.getBytes(UTF_8));
        assertThat(accepted(structured("\"data_base64\":\"" + base64 + "\""))).isEqualTo(binary);
    }

    @Test
    void normalisesTheBody() {
        var event = accepted("{ \"b\" : 3600.0, \"event_type\":\"AINOTE\",\n\"2\":1, \"b\":1e21}");
        assertThat(event.body().text())
                .isEqualTo("{\"2\":1,\"b\":1e+21,\"event_type\":\"AINOTE\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-01T10:00:00.123456789123Z, 2026-11-01T10:00:00.123456789Z",
        "2026-11-01t10:00:00z, 2026-11-01T10:00:00Z",
        "2026-11-01T10:00:00+05:30, 2026-11-01T04:30:00Z",
    })
    void readsEveryFormOfRfc3339(String text, Instant time) {
        headers.put("ce_time", text);
        assertThat(accepted(BODY).time()).isEqualTo(time);
    }

    @Test
    void carriesTheTraceOfTheExtensionBeforeThatOfTheHeader() {
        headers.put("traceparent", "00-header-01");
        assertThat(accepted(BODY).trace()).isNotNull();
        assertThat(accepted(BODY).trace().parent()).isEqualTo("00-header-01");
        headers.put("ce_traceparent", "00-extension-01");
        headers.put("ce_tracestate", "a=b");
        assertThat(accepted(BODY).trace().parent()).isEqualTo("00-extension-01");
        assertThat(accepted(BODY).trace().state()).isEqualTo("a=b");
    }

    @ParameterizedTest
    @CsvSource({
        "ce_specversion, , NOT_A_CLOUDEVENT, content-type: application/cloudevents+json",
        "ce_specversion, 0.3, NOT_A_CLOUDEVENT, specversion: \"0.3\"",
        "content-type, application/cloudevents+avro, NOT_A_CLOUDEVENT, application/cloudevents+avro",
        "content-type, application/cloudevents+json, NOT_A_CLOUDEVENT, no specversion",
        "ce_id, , MISSING_ATTRIBUTE, no attribute id",
        "ce_source, ' ', MISSING_ATTRIBUTE, no attribute source",
        "ce_type, , MISSING_ATTRIBUTE, no attribute type",
        "ce_type, ainote, UNKNOWN_TYPE, type: \"ainote\"",
        "ce_type, MEETING_BOOKED_VIA_SCHEDULER, TYPE_MISMATCH, event_type of the body: \"AINOTE\"",
        "ce_time, , MISSING_ATTRIBUTE, no attribute time",
        "ce_time, 2026-11-01T10:00Z, INVALID_ATTRIBUTE, RFC 3339",
        "ce_time, 2026-11-01T10:00:005Z, INVALID_ATTRIBUTE, RFC 3339",
        "ce_time, 2026-02-30T10:00:00Z, INVALID_ATTRIBUTE, RFC 3339",
        "ce_time, 2026-11-01T10:00:00, INVALID_ATTRIBUTE, RFC 3339",
        "ce_organizationid, , MISSING_ATTRIBUTE, no attribute organizationid",
        "ce_organizationid, 1-1-1-1-1, INVALID_ATTRIBUTE, expected: a uuid",
        "ce_userid, , MISSING_ATTRIBUTE, no attribute userid",
    })
    void refusesAnAttribute(String header, String value, Reason reason, String detail) {
        if (value == null) {
            headers.remove(header);
        } else {
            headers.put(header, value);
        }
        assertRejected(BODY.getBytes(UTF_8), reason, detail);
    }

    @Test
    void refusesAnAttributeTooLongToTravelInHeaders() {
        headers.put("ce_id", "x".repeat(1025));
        assertRejected(BODY.getBytes(UTF_8), Reason.INVALID_ATTRIBUTE, "id: 1025 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\"AINOTE\"", "null", "{", "{}x", "{\"event_type\":AINOTE}"})
    void refusesABodyThatIsNotOneObject(String body) {
        assertRejected(
                body.getBytes(UTF_8), Reason.INVALID_BODY, "the body is not one JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"event_type\":7}", "{\"a\":{\"event_type\":\"AINOTE\"}}"})
    void refusesABodyWithoutEventType(String body) {
        assertRejected(body.getBytes(UTF_8), Reason.TYPE_MISMATCH, "event_type of the body: none");
    }

    @Test
    void refusesATombstone() {
        assertRejected(null, Reason.INVALID_BODY, "no value");
    }

    @Test
    void refusesABodyOverTheLimitBeforeAndAfterNormalising() {
        assertThat(accepted(sized(LARGEST)).body().size()).isEqualTo(LARGEST);
        assertRejected(
                sized(LARGEST + 1).getBytes(UTF_8), Reason.TOO_LARGE, "4097 bytes as it came");
        // nine bytes as it came, 21 normalised
        var grows = "{\"event_type\":\"AINOTE\",\"n\":[" + "1e20,".repeat(300) + "1]}";
        assertRejected(grows.getBytes(UTF_8), Reason.TOO_LARGE, "normalised");
    }

    @Test
    void showsLittleOfAValueAndNoControlCharacter() {
        headers.put("ce_type", "a\nb" + "x".repeat(500));
        var rejected = (Intake.Rejected) reader.read(headers::get, BODY.getBytes(UTF_8));
        assertThat(rejected.detail())
                .startsWith("type: \"a?bxxx")
                .contains("…\"")
                .hasSizeLessThan(300);
    }

    private MeetingEvent accepted(String body) {
        var intake = reader.read(headers::get, body.getBytes(UTF_8));
        assertThat(intake).isInstanceOf(Intake.Accepted.class);
        return ((Intake.Accepted) intake).event();
    }

    private void assertRejected(byte[] body, Reason reason, String detail) {
        Consumer<Intake> rejected =
                intake -> {
                    assertThat(intake).isInstanceOf(Intake.Rejected.class);
                    assertThat(((Intake.Rejected) intake).reason()).isEqualTo(reason);
                    assertThat(((Intake.Rejected) intake).detail()).contains(detail);
                };
        assertThat(reader.read(headers::get, body)).satisfies(rejected);
    }

    private static String sized(int bytes) {
        var start = "{\"event_type\":\"AINOTE\",\"x\":\"";
        return start + "x".repeat(bytes - start.length() - 2) + "\"}";
    }

    private static String structured(String data) {
        var json = new StringBuilder("{");
        attributes("").forEach((name, value) -> json.append('"' + name + "\":\"" + value + "\","));
        return json.append(data).append('}').toString();
    }

    private static Map<String, String> attributes(String prefix) {
        return Map.of(
                prefix + "specversion", "1.0",
                prefix + "id", "e-1",
                prefix + "source", "/meetings",
                prefix + "type", "AINOTE",
                prefix + "time", "2026-11-01T10:00:00Z",
                prefix + "organizationid", ORGANIZATION.toString(),
                prefix + "userid", "u-1");
    }
}
