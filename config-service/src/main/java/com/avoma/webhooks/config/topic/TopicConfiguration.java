package com.avoma.webhooks.config.topic;

import com.avoma.webhooks.common.topic.TopicCatalog;
import com.avoma.webhooks.common.topic.TopicProvisioner;
import com.avoma.webhooks.common.topic.TopicSpec;
import com.avoma.webhooks.common.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Whoever uses a topic gets its name from the [Topics] made here, and so only after the topics are
/// in place.
@Configuration(proxyBeanMethods = false)
class TopicConfiguration {
    private static final int TRIES = 60;

    @Bean(destroyMethod = "close")
    Admin admin(KafkaProperties kafka) {
        var settings = kafka.buildAdminProperties();
        settings.put("default.api.timeout.ms", 5_000);
        settings.put("request.timeout.ms", 2_000);
        return Admin.create(settings);
    }

    @Bean
    TopicProvisioner topicProvisioner(Admin admin, TopicProperties properties) {
        return new TopicProvisioner(admin, properties.partitions(), properties.replicationFactor());
    }

    @Bean
    Topics topics(TopicProvisioner provisioner, TopicProperties properties)
            throws InterruptedException {
        var topics = new Topics(properties.prefix());
        var catalog = new TopicCatalog(topics);
        List<TopicSpec> specs = new ArrayList<>(catalog.directory());
        specs.add(catalog.webhookConfig());
        specs.add(catalog.webhookNotifications());
        specs.add(catalog.meetingEvents());
        specs.add(catalog.routingDecisions());
        specs.add(catalog.deliveryJobs());
        specs.add(catalog.deliveryAttempts());
        specs.add(catalog.deliveryDeadLetters());
        provisioner.provision(specs, TRIES);
        return topics;
    }
}
