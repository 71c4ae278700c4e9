package com.avoma.webhooks.benchmark;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.job.MessageId;
import com.avoma.webhooks.common.json.JsonNormalizer;
import com.avoma.webhooks.common.signature.Signatures;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
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

    @Benchmark
    public Object normaliseStableBody() {
        return JsonNormalizer.normalizeObject(stable);
    }

    @Benchmark
    public Object normaliseSpacedBody() {
        return JsonNormalizer.normalizeObject(spaced);
    }

    @Benchmark
    public Object signAvoma() {
        return Signatures.avoma(SECRET, stable);
    }

    @Benchmark
    public Object signStandard() {
        return Signatures.standard(SECRET, "msg_0123456789abcdef", 1_790_000_000, stable);
    }

    @Benchmark
    public Object messageId() {
        return MessageId.of("/meetings", "5f0c7f6e-3a7d-4f63-9d6e-0a4f5e1f9b11", WEBHOOK);
    }
}
