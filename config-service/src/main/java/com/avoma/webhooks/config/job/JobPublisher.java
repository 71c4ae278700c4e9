package com.avoma.webhooks.config.job;

import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.topic.ProducerClient;
import com.avoma.webhooks.common.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/// Puts jobs on `delivery-jobs` that admins asked for, each acknowledged by all brokers that keep
/// it. Next, in delivery-service: `JobListener`. Thread-safe.
@Component
public class JobPublisher implements AutoCloseable {
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Producer<byte[], byte[]> producer;
    private final String topic;

    JobPublisher(KafkaProperties kafka, Topics topics, MeterRegistry registry) {
        this.producer = new ProducerClient(settings(kafka), registry);
        this.topic = topics.deliveryJobs();
    }

    /// Completes when the job is on Kafka. Fails within seconds where it is not, or it is not
    /// known: who then sends it again sends it twice at worst, under the same `webhook-id`.
    ///
    /// May block for as long while no broker answers: not for an event loop.
    public CompletableFuture<Void> publish(DeliveryJob job) {
        var published = new CompletableFuture<Void>();
        var _ =
                producer.send(
                        JobRecord.of(topic, job),
                        (_, fault) -> {
                            if (fault == null) {
                                published.complete(null);
                            } else {
                                published.completeExceptionally(fault);
                            }
                        });
        return published;
    }

    @Override
    public void close() {
        producer.close(CLOSE);
    }

    private static Map<String, Object> settings(KafkaProperties kafka) {
        Map<String, Object> settings = new HashMap<>(kafka.buildProducerProperties());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // somebody waits for the answer
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 4_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 4_000);
        return settings;
    }
}
