package com.avoma.webhooks.common.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.avoma.webhooks.common.job.DeliveryJob.Origin;
import com.avoma.webhooks.common.json.MalformedRecordException;
import com.avoma.webhooks.common.json.Payload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobRecordTest {
    private static final UUID ORGANIZATION =
            UUID.fromString("8d2e5b7a-61f4-4c0d-b6a9-3e4f5a6b7c8d");
    private static final UUID WEBHOOK = UUID.fromString("5b0c8f3e-2a41-4c7d-9e0b-7f1d2c3a4b5e");
    private static final Instant EVENT_TIME = Instant.parse("2026-10-15T15:42:07.123456Z");
    private static final Instant DUE_AT = Instant.parse("2026-10-15T15:47:07Z");

    @ParameterizedTest
    @EnumSource(Origin.class)
    void bringsEveryFieldBack(Origin origin) {
        var job =
                job(4, DUE_AT, origin, new TraceContext("00-ab-cd-01", "vendor=1", "00-ab-ef-01"));

        assertThat(JobRecord.read(received(JobRecord.of("delivery-jobs", job)))).isEqualTo(job);
    }

    @Test
    void bringsAbsentFieldsBackAsAbsent() {
        var plain = job(1, null, Origin.EVENT, null);
        var traced = job(1, null, Origin.EVENT, new TraceContext("00-ab-cd-01", null));

        var record = JobRecord.of("delivery-jobs", plain);

        assertThat(record.headers().lastHeader(JobRecord.DUE_AT)).isNull();
        assertThat(record.headers().lastHeader(JobRecord.TRACE_PARENT)).isNull();
        assertThat(JobRecord.read(received(record))).isEqualTo(plain);
        assertThat(JobRecord.read(received(JobRecord.of("t", traced)))).isEqualTo(traced);
    }

    @Test
    void isKeyedByTheWebhookAndHasTheVeryBodyAsItsValue() {
        var job = job(1, null, Origin.EVENT, null);

        var record = JobRecord.of("delivery-jobs", job);

        assertThat(record.topic()).isEqualTo("delivery-jobs");
        assertThat(record.partition()).isNull();
        assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo(WEBHOOK.toString());
        assertThat(record.value()).isSameAs(job.body().bytes());
    }

    @Test
    void changesOnlyAttemptDueTimeAndTraceForARetry() {
        var trace = new TraceContext("00-ab-cd-01", "vendor=1");
        var job = job(1, null, Origin.RECOVERY, trace);

        assertThat(job.retry(2, DUE_AT, trace.after("00-ab-ef-01")))
                .isEqualTo(
                        job(
                                2,
                                DUE_AT,
                                Origin.RECOVERY,
                                new TraceContext("00-ab-cd-01", "vendor=1", "00-ab-ef-01")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                JobRecord.MESSAGE_ID,
                JobRecord.ORGANIZATION,
                JobRecord.CONFIG_REVISION,
                JobRecord.EVENT_ID,
                JobRecord.EVENT_SOURCE,
                JobRecord.EVENT_TYPE,
                JobRecord.EVENT_TIME,
                JobRecord.USER,
                JobRecord.ATTEMPT,
                JobRecord.ORIGIN
            })
    void namesTheHeaderThatIsMissing(String name) {
        var record = JobRecord.of("t", job(1, null, Origin.EVENT, null));
        record.headers().remove(name);

        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> JobRecord.read(received(record)))
                .withMessage("job: no header " + name);
    }

    @Test
    void takesTheLastHeaderOfAName() {
        var record = JobRecord.of("t", job(1, null, Origin.EVENT, null));
        record.headers().add(JobRecord.ATTEMPT, "3".getBytes(StandardCharsets.UTF_8));

        assertThat(JobRecord.read(received(record))).isEqualTo(job(3, null, Origin.EVENT, null));
    }

    @Test
    void countsAttemptsFromOne() {
        var record = JobRecord.of("t", job(1, DUE_AT, Origin.EVENT, null));
        JobRecord.put(record.headers(), JobRecord.ATTEMPT, "0");

        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> JobRecord.read(received(record)))
                .withMessageContaining("a whole number from 1");
    }

    @ParameterizedTest
    @CsvSource({
        JobRecord.ORGANIZATION + ", a uuid",
        JobRecord.CONFIG_REVISION + ", a whole number",
        JobRecord.EVENT_TIME + ", an RFC 3339 time",
        JobRecord.ATTEMPT + ", a whole number from 1",
        JobRecord.DUE_AT + ", an RFC 3339 time",
        JobRecord.ORIGIN + ", an origin"
    })
    void namesTheHeaderThatIsMalformed(String name, String expected) {
        var record = JobRecord.of("t", job(1, DUE_AT, Origin.EVENT, null));
        JobRecord.put(record.headers(), name, "nonsense");

        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> JobRecord.read(received(record)))
                .withMessage("job: malformed header %s (expected: %s)", name, expected);
    }

    @Test
    void refusesARecordWithoutKeyOrValueOrWithAnotherKey() {
        var headers = JobRecord.of("t", job(1, null, Origin.EVENT, null)).headers();
        byte[] key = WEBHOOK.toString().getBytes(StandardCharsets.UTF_8);
        byte[] body = {'{', '}'};

        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> JobRecord.read(received(null, body, headers)))
                .withMessage("job: no key (expected: the webhook's uuid)");
        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> JobRecord.read(received(new byte[] {'x'}, body, headers)))
                .withMessage("job: malformed key (expected: the webhook's uuid)");
        assertThatExceptionOfType(MalformedRecordException.class)
                .isThrownBy(() -> JobRecord.read(received(key, null, headers)))
                .withMessage("job: no value (expected: the body)");
    }

    @Test
    void putsAHeaderInPlaceOfOneOfThatName() {
        var record = JobRecord.of("t", job(1, null, Origin.EVENT, null));

        JobRecord.put(record.headers(), JobRecord.ATTEMPT, "2");

        assertThat(record.headers().headers(JobRecord.ATTEMPT)).hasSize(1);
        assertThat(JobRecord.text(record.headers(), JobRecord.ATTEMPT)).isEqualTo("2");
    }

    private static DeliveryJob job(
            int attempt, @Nullable Instant dueAt, Origin origin, @Nullable TraceContext trace) {
        return new DeliveryJob(
                "msg_0123456789abcdef0123456789abcdef",
                ORGANIZATION,
                WEBHOOK,
                7,
                "e-1",
                "/meetings/é",
                "AINOTE",
                EVENT_TIME,
                "user 1",
                attempt,
                dueAt,
                origin,
                trace,
                Payload.of("{\"event_type\":\"AINOTE\"}"));
    }

    private static ConsumerRecord<byte[], byte[]> received(ProducerRecord<byte[], byte[]> sent) {
        return received(sent.key(), sent.value(), sent.headers());
    }

    private static ConsumerRecord<byte[], byte[]> received(
            byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        return new ConsumerRecord<>(
                "t",
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                value,
                headers,
                Optional.empty());
    }
}
