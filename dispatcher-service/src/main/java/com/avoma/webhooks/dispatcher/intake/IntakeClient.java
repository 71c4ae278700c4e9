package com.avoma.webhooks.dispatcher.intake;

import com.avoma.webhooks.common.topic.ProducerClient;
import com.avoma.webhooks.common.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/// Makes the consumer and the producers of each thread of [EventListener].
@Component
class IntakeClient {
    private static final Logger log = LoggerFactory.getLogger(IntakeClient.class);

    private final KafkaProperties kafka;
    private final ConsumerFactory<byte[], byte[]> consumers;
    private final String topic;
    private final MeterRegistry registry;

    IntakeClient(
            KafkaProperties kafka,
            ConsumerFactory<byte[], byte[]> consumers,
            Topics topics,
            MeterRegistry registry) {
        this.kafka = kafka;
        this.consumers = consumers;
        this.topic = topics.meetingEvents();
        this.registry = registry;
    }

    /// A consumer that has subscribed to `meeting-events`.
    Consumer<byte[], byte[]> consumer(int thread) {
        var consumer = consumers.createConsumer(null, "meeting-events-", Integer.toString(thread));
        consumer.subscribe(
                List.of(topic),
                new ConsumerRebalanceListener() {
                    @Override
                    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                        log.info("intake.assigned thread={} partitions={}", thread, partitions);
                    }

                    @Override
                    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                        log.info("intake.revoked thread={} partitions={}", thread, partitions);
                    }
                });
        return consumer;
    }

    /// What makes the producers of the thread, each of a transactional id that is the same each
    /// time.
    List<Supplier<Producer<byte[], byte[]>>> producers(int thread) {
        return List.of(() -> producer(Integer.toString(thread)), () -> producer(thread + "-other"));
    }

    private Producer<byte[], byte[]> producer(String name) {
        Map<String, Object> settings = new HashMap<>(kafka.buildProducerProperties());
        settings.put(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                kafka.getProducer().getTransactionIdPrefix() + name);
        return new ProducerClient(settings, registry);
    }
}
