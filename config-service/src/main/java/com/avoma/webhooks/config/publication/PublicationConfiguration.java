package com.avoma.webhooks.config.publication;

import com.avoma.webhooks.common.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.apache.kafka.clients.admin.Admin;
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

    /// Where snapshots go.
    @Bean
    FencedPublisher webhookConfig(
            KafkaProperties kafka, Topics topics, BrokerClient broker, MeterRegistry registry) {
        return new FencedPublisher(topics.webhookConfig(), kafka, broker, registry);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    @DependsOnDatabaseInitialization
    SnapshotPublisher snapshotPublisher(
            OutboxRepository outbox,
            LeaseRepository leases,
            FencedPublisher webhookConfig,
            PublicationMetrics metrics,
            PublicationProperties properties,
            Clock clock) {
        return new SnapshotPublisher(outbox, leases, webhookConfig, metrics, properties, clock);
    }

    /// Named `kafka` in the health endpoint.
    @Bean("kafkaHealthIndicator")
    ReactiveHealthIndicator kafkaHealth(BrokerClient broker) {
        return () ->
                broker.answers()
                        .thenReturn(Health.up().build())
                        .onErrorResume(e -> Mono.just(Health.down(e).build()));
    }
}
