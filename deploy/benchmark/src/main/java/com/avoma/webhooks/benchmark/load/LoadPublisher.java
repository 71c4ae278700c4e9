package com.avoma.webhooks.benchmark.load;

import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.common.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.LongFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Publishes jobs as dispatcher-service does: the same records, batched and compressed in the same
/// way.
public final class LoadPublisher implements AutoCloseable {
    private static final Map<String, Object> SETTINGS =
            Map.of("acks", "all", "linger.ms", 5, "batch.size", 131_072, "compression.type", "lz4");

    private final KafkaProducer<byte[], byte[]> kafka;
    private final Webhooks webhooks;
    private final Topics topics;
    private long number;

    public LoadPublisher(String brokers, Webhooks webhooks, Topics topics) {
        var settings = new java.util.HashMap<>(SETTINGS);
        settings.put("bootstrap.servers", brokers);
        this.kafka =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        this.webhooks = webhooks;
        this.topics = topics;
    }

    /// Publishes where the webhooks lead.
    public void publishWebhooks(SecretCipher cipher) {
        for (var snapshot : webhooks.snapshots(cipher, Instant.now())) {
            var key = snapshot.organizationUuid().toString().getBytes(StandardCharsets.UTF_8);
            var value = Json.write(snapshot);
            var _ = kafka.send(new ProducerRecord<>(topics.webhookConfig(), key, value));
        }
        kafka.flush();
    }

    /// Publishes that many jobs as quickly as it can.
    ///
    /// @param bodies by number
    public void publish(int count, LongFunction<Payload> bodies) {
        for (int i = 0; i < count; i++) {
            send(bodies.apply(number));
        }
        kafka.flush();
    }

    /// The same, with bodies of one length.
    ///
    /// @param length of each, in bytes
    public void publish(int count, int length) {
        long now = micros(Instant.now());
        publish(count, number -> Body.of(now, number, length));
    }

    /// Publishes at a fixed rate, whatever becomes of the jobs (open loop). Each body says when it
    /// should have been sent.
    public void publishAt(int perSecond, Duration time, int length) {
        var _ = OpenLoop.run(perSecond, time, due -> send(Body.of(due, number, length)));
        kafka.flush();
    }

    /// Microseconds since the epoch.
    public static long micros(Instant now) {
        return OpenLoop.micros(now);
    }

    private void send(Payload body) {
        var job = webhooks.job(number++, Instant.now(), body);
        var _ = kafka.send(JobRecord.of(topics.deliveryJobs(), job));
    }

    @Override
    public void close() {
        kafka.close();
    }
}
