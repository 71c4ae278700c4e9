package com.avoma.webhooks.delivery;

import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.common.topic.ProducerClient;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.delivery.attemptlog.AttemptPublisher;
import com.avoma.webhooks.delivery.deadletter.DeadLetterPublisher;
import com.avoma.webhooks.delivery.endpoint.EndpointListener;
import com.avoma.webhooks.delivery.endpoint.EndpointTable;
import com.avoma.webhooks.delivery.metrics.DeliveryMetrics;
import com.avoma.webhooks.delivery.pipeline.Publishers;
import com.avoma.webhooks.delivery.publication.RecordPublisher;
import com.avoma.webhooks.delivery.retry.DeferralPublisher;
import com.avoma.webhooks.delivery.retry.RetryLadder;
import com.avoma.webhooks.delivery.retry.RetryPublisher;
import com.avoma.webhooks.delivery.retry.WaitingTopics;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;

/// What reads from and writes to Kafka. Deserializers, isolation and acknowledgements are in
/// `application.yaml`.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({TopicsProperties.class, SecretsProperties.class})
class KafkaConfiguration {
    @Bean
    Topics topics(TopicsProperties properties) {
        return properties.names();
    }

    @Bean(destroyMethod = "close")
    Admin admin(KafkaAdmin kafka) {
        return Admin.create(kafka.getConfigurationProperties());
    }

    /// Makes its producers itself, so that one that has failed for good can be replaced.
    @Bean(destroyMethod = "close")
    RecordPublisher recordPublisher(ProducerFactory<byte[], byte[]> kafka, MeterRegistry registry) {
        return new RecordPublisher(
                () -> new ProducerClient(kafka.getConfigurationProperties(), registry));
    }

    @Bean
    RetryLadder retryLadder(DeliveryProperties properties) {
        return properties.retry().ladder();
    }

    @Bean
    WaitingTopics waitingTopics(Topics topics, RetryLadder ladder) {
        return new WaitingTopics(topics, ladder);
    }

    @Bean
    Publishers publishers(
            RecordPublisher publisher,
            Topics topics,
            WaitingTopics waitingTopics,
            RetryLadder ladder,
            DeliveryMetrics metrics) {
        return new Publishers(
                new AttemptPublisher(publisher, topics.deliveryAttempts(), ladder.attempts()),
                new RetryPublisher(publisher, waitingTopics),
                new DeferralPublisher(publisher, topics.deliveryDeferred()),
                new DeadLetterPublisher(publisher, topics.deliveryDeadLetters(), metrics));
    }

    @Bean
    EndpointTable endpointTable(SecretsProperties secrets) {
        return new EndpointTable(SecretCipher.of(secrets.source()));
    }

    @Bean(destroyMethod = "")
    EndpointListener endpointListener(
            ConsumerFactory<byte[], byte[]> kafka,
            KafkaAdmin admin,
            Topics topics,
            EndpointTable table,
            DeliveryMetrics metrics) {
        var listener =
                new EndpointListener(
                        kafka.createConsumer(null, "delivery-", "webhook-config"),
                        Admin.create(admin.getConfigurationProperties()),
                        topics.webhookConfig(),
                        table,
                        metrics::propagated);
        metrics.watchLag("webhook-config", listener::lag);
        return listener;
    }
}
