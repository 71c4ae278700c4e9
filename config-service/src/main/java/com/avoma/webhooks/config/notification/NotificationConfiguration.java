package com.avoma.webhooks.config.notification;

import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.config.publication.BrokerClient;
import com.avoma.webhooks.config.publication.FencedPublisher;
import com.avoma.webhooks.config.publication.LeaseRepository;
import com.avoma.webhooks.config.publication.LeasedLoop;
import com.avoma.webhooks.config.publication.PublicationProperties;
import java.time.Duration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The way from the notices to Kafka. Nobody waits for a mail by the millisecond.
@Configuration(proxyBeanMethods = false)
class NotificationConfiguration {
    private static final Duration INTERVAL = Duration.ofMillis(500);

    @Bean(initMethod = "start", destroyMethod = "close")
    @DependsOnDatabaseInitialization
    LeasedLoop noticeLoop(
            NoticeRepository notices,
            LeaseRepository leases,
            PublicationProperties properties,
            KafkaProperties kafka,
            Topics topics,
            BrokerClient broker) {
        var topic = new FencedPublisher(topics.webhookNotifications(), kafka, broker);
        var lease = new LeasedLoop.Lease(leases, "webhook-notifications", properties.lease());
        return new LeasedLoop(lease, INTERVAL, new NoticePublisher(notices, topic));
    }
}
