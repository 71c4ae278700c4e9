package com.avoma.webhooks.dispatcher.topic;

import com.avoma.webhooks.common.topic.TableFollower;
import com.avoma.webhooks.common.topic.TopicCatalog;
import com.avoma.webhooks.common.topic.TopicProvisioner;
import com.avoma.webhooks.common.topic.TopicSpec;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.dispatcher.metrics.DispatchMetrics;
import com.avoma.webhooks.dispatcher.routing.RoutingTableListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.MicrometerConsumerListener;

/// Makes sure of the topics before anything reads or writes them.
@Configuration(proxyBeanMethods = false)
class TopicsConfiguration {
    private static final int TRIES = 60;
    private static final int ADMIN_TIMEOUT_MS = 5_000;

    @Bean
    Topics topics(TopicsProperties properties) {
        return new Topics(properties.prefix());
    }

    @Bean
    TableClient tableClient(
            KafkaProperties kafka,
            KafkaAdmin kafkaAdmin,
            TopicsProperties properties,
            Topics topics,
            RoutingTableListener tables,
            DispatchMetrics metrics,
            MeterRegistry registry)
            throws InterruptedException {
        var catalog = new TopicCatalog(topics);
        List<TopicSpec> specs = new ArrayList<>(catalog.directory());
        specs.add(catalog.meetingEvents());
        specs.add(catalog.meetingEventsDeadLetters());
        specs.add(catalog.webhookConfig());
        specs.add(catalog.routingDecisions());
        specs.add(catalog.deliveryJobs());
        try (var admin = admin(kafkaAdmin)) {
            new TopicProvisioner(admin, properties.partitions(), properties.replicationFactor())
                    .provision(specs, TRIES);
        }
        var followed = new ArrayList<>(topics.directory());
        followed.add(topics.webhookConfig());
        var follower =
                new TableFollower(consumer(kafka, registry), admin(kafkaAdmin), followed, tables);
        for (var topic : followed) {
            metrics.lagOf(topic.substring(topics.prefix().length()), () -> follower.lag(topic));
        }
        return new TableClient(follower);
    }

    @Bean
    HealthIndicator tablesHealthIndicator(TableClient tables) {
        return () ->
                tables.isCurrent()
                        ? Health.up().build()
                        : Health.outOfService()
                                .withDetail("tables", "not caught up with their topics")
                                .build();
    }

    private static Admin admin(KafkaAdmin kafka) {
        Map<String, Object> settings = new HashMap<>(kafka.getConfigurationProperties());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MS);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MS);
        return Admin.create(settings);
    }

    /// Reads every partition from the beginning, in no group.
    private static Consumer<byte[], byte[]> consumer(
            KafkaProperties kafka, MeterRegistry registry) {
        Map<String, Object> settings = kafka.buildConsumerProperties();
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "tables");
        var factory = new DefaultKafkaConsumerFactory<byte[], byte[]>(settings);
        factory.addListener(new MicrometerConsumerListener<>(registry));
        return factory.createConsumer();
    }
}
