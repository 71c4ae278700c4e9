package com.avoma.webhooks.benchmark;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.attempt.AttemptWriter;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.job.MessageId;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.json.JsonNormalizer;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.common.signature.Signatures;
import com.avoma.webhooks.common.signature.SigningKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What every event and every attempt pays in CPU: microseconds per operation on the sample payload
/// of AI notes.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HotPieces {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final UUID WEBHOOK = new UUID(1, 2);

    private final byte[] stable = TriggerEvent.AINOTE.sample().bytes();

    /// The same body as another JSON writer would print it: a blank after each comma and colon.
    private final byte[] spaced =
            TriggerEvent.AINOTE
                    .sample()
                    .text()
                    .replace("\",\"", "\", \"")
                    .replace("\":", "\": ")
                    .getBytes(StandardCharsets.UTF_8);

    /// The bytes of a body as large as the drains' are.
    private final byte[] body = "x".repeat(2048).getBytes(StandardCharsets.US_ASCII);

    private final SigningKey key = SigningKey.of(SECRET);
    private final DeliveryJob job =
            new DeliveryJob(
                    "msg_0123456789abcdef0123456789abcdef",
                    new UUID(3, 4),
                    WEBHOOK,
                    17,
                    "5f0c7f6e-3a7d-4f63-9d6e-0a4f5e1f9b11",
                    "/meetings",
                    "AINOTE",
                    Instant.parse("2026-11-01T10:00:00.123456Z"),
                    "0b6f3d55-51b0-44a3-9ad5-4f1e5f0c7f6e",
                    1,
                    null,
                    DeliveryJob.Origin.EVENT,
                    null,
                    Payload.of(body));
    private final byte[] webhook = WEBHOOK.toString().getBytes(StandardCharsets.US_ASCII);
    private final Headers headers = JobRecord.of("jobs", job).headers();
    private final AttemptRecord attempt =
            new AttemptRecord(
                    job.messageId(),
                    job.organizationUuid(),
                    WEBHOOK,
                    job.eventId(),
                    job.eventSource(),
                    job.eventType(),
                    job.eventTime(),
                    1,
                    Instant.parse("2026-11-01T10:00:00.323456Z"),
                    AttemptRecord.Outcome.DELIVERED,
                    200,
                    null,
                    null,
                    13,
                    new AttemptRecord.Timings(null, null, null, 12L),
                    "ok",
                    "https://hooks.example.com/organizations/17",
                    false,
                    false,
                    null,
                    AttemptRecord.Verdict.DELIVERED,
                    null,
                    null,
                    new AttemptRecord.Position("delivery-jobs", 7, 123_456));

    @Benchmark
    public Object normaliseStableBody() {
        return JsonNormalizer.normalizeObject(stable);
    }

    @Benchmark
    public Object normaliseSpacedBody() {
        return JsonNormalizer.normalizeObject(spaced);
    }

    /// Both signatures of an attempt, with a key that is worked out anew each time.
    @Benchmark
    public Object signWithNewKey() {
        return Signatures.avoma(SECRET, body)
                + Signatures.standard(SECRET, job.messageId(), 1_790_000_000, body);
    }

    /// Both signatures of an attempt.
    @Benchmark
    public Object sign() {
        return key.avoma(body) + key.standard(job.messageId(), 1_790_000_000, body);
    }

    @Benchmark
    public Object encodeJob() {
        return JobRecord.of("jobs", job);
    }

    @Benchmark
    public Object parseJob() {
        return JobRecord.read(received());
    }

    @Benchmark
    public Object encodeAttempt() {
        return AttemptWriter.write(attempt);
    }

    /// The same by the general mapper.
    @Benchmark
    public Object encodeAttemptByMapper() {
        return Json.write(attempt);
    }

    @Benchmark
    public Object messageId() {
        return MessageId.of("/meetings", "5f0c7f6e-3a7d-4f63-9d6e-0a4f5e1f9b11", WEBHOOK);
    }

    /// A record as it comes from a consumer, which decodes names of headers when it is asked for
    /// them.
    private ConsumerRecord<byte[], byte[]> received() {
        List<Header> undecoded = new ArrayList<>();
        for (var header : headers) {
            undecoded.add(
                    new RecordHeader(
                            ByteBuffer.wrap(header.key().getBytes(StandardCharsets.UTF_8)),
                            ByteBuffer.wrap(header.value())));
        }
        return new ConsumerRecord<>(
                "jobs",
                0,
                0,
                0,
                TimestampType.CREATE_TIME,
                webhook.length,
                body.length,
                webhook,
                body,
                new RecordHeaders(undecoded),
                Optional.empty());
    }
}
