package com.avoma.webhooks.config.notification;

import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.config.publication.BrokerClient;
import com.avoma.webhooks.config.publication.FencedPublisher;
import com.avoma.webhooks.config.publication.LeaseRepository;
import com.avoma.webhooks.config.publication.LeasedLoop;
import com.avoma.webhooks.config.publication.PublicationProperties;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The way from the notices to Kafka. Nobody waits for a mail by the millisecond.
@Configuration(proxyBeanMethods = false)
class NotificationConfiguration {
    private static final Duration INTERVAL = Duration.ofMillis(500);

    /// Where notices go.
    @Bean
    FencedPublisher webhookNotifications(
            KafkaProperties kafka, Topics topics, BrokerClient broker, MeterRegistry registry) {
        return new FencedPublisher(topics.webhookNotifications(), kafka, broker, registry);
    }

    @Bean(initMethod = "start", destroyMethod = "close")
    @DependsOnDatabaseInitialization
    LeasedLoop noticeLoop(
            NoticeRepository notices,
            LeaseRepository leases,
            PublicationProperties properties,
            FencedPublisher webhookNotifications) {
        var lease = new LeasedLoop.Lease(leases, "webhook-notifications", properties.lease());
        return new LeasedLoop(lease, INTERVAL, new NoticePublisher(notices, webhookNotifications));
    }
}
