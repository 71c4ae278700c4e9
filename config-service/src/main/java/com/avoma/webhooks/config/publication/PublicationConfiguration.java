package com.avoma.webhooks.config.publication;

import com.avoma.webhooks.common.topic.Topics;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/// The way from the outbox to Kafka.
@Configuration(proxyBeanMethods = false)
class PublicationConfiguration {
    @Bean
    BrokerClient brokerClient(Admin admin, PublicationProperties properties) {
        return new BrokerClient(admin, properties.brokerTimeout());
    }

    @Bean
    SnapshotTopicPublisher snapshotTopicPublisher(
            KafkaProperties kafka, Topics topics, BrokerClient broker) {
        var settings = producerSettings(kafka, topics);
        return new SnapshotTopicPublisher(
                () -> new KafkaProducer<>(settings), topics.webhookConfig(), broker);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    @DependsOnDatabaseInitialization
    SnapshotPublisher snapshotPublisher(
            OutboxRepository outbox,
            LeaseRepository leases,
            SnapshotTopicPublisher topic,
            PublicationMetrics metrics,
            PublicationProperties properties,
            Clock clock) {
        return new SnapshotPublisher(outbox, leases, topic, metrics, properties, clock);
    }

    /// Named `kafka` in the health endpoint.
    @Bean("kafkaHealthIndicator")
    ReactiveHealthIndicator kafkaHealth(BrokerClient broker) {
        return () ->
                broker.answers()
                        .thenReturn(Health.up().build())
                        .onErrorResume(e -> Mono.just(Health.down(e).build()));
    }

    private static Map<String, Object> producerSettings(KafkaProperties kafka, Topics topics) {
        Map<String, Object> settings = new HashMap<>(kafka.buildProducerProperties());
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.webhookConfig() + "-publisher");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // a change is given up after seconds; so is its record
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 4_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 4_000);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 10_000);
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return settings;
    }
}
