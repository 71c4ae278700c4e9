package com.avoma.webhooks.delivery;

import com.avoma.webhooks.common.topic.TopicProvisioner;
import com.avoma.webhooks.common.topic.TopicSpec;
import com.avoma.webhooks.delivery.DeliveryLifecycle.Provisioning;
import com.avoma.webhooks.delivery.attemptlog.LogLines;
import com.avoma.webhooks.delivery.endpoint.EndpointListener;
import com.avoma.webhooks.delivery.intake.JobListener;
import com.avoma.webhooks.delivery.metrics.DeliveryMetrics;
import com.avoma.webhooks.delivery.pipeline.DeliveryPipeline;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What the features share, and the start of it all.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DeliveryProperties.class)
class DeliveryConfiguration {
    @Bean
    InstantSource clock() {
        return Clock.systemUTC();
    }

    @Bean(initMethod = "gather")
    LogLines logLines() {
        return new LogLines();
    }

    @Bean
    DeliveryMetrics deliveryMetrics(MeterRegistry registry, InstantSource clock) {
        return new DeliveryMetrics(registry, clock);
    }

    @Bean
    DeliveryLifecycle delivery(
            Provisioning provisioning,
            EndpointListener endpoints,
            List<JobListener> listeners,
            DeliveryPipeline pipeline,
            ConfigurableApplicationContext context) {
        return new DeliveryLifecycle(provisioning, endpoints, listeners, pipeline, context);
    }

    @Bean
    Provisioning provisioning(Admin admin, TopicsProperties topics, DeliveryProperties delivery) {
        var catalog = topics.catalog();
        List<TopicSpec> specs = new ArrayList<>();
        specs.add(catalog.webhookConfig());
        specs.add(catalog.deliveryJobs());
        specs.add(catalog.deliveryAttempts());
        specs.add(catalog.deliveryDeadLetters());
        specs.addAll(catalog.waiting(delivery.retry().delays()));
        return new Provisioning(
                new TopicProvisioner(admin, topics.partitions(), topics.replicationFactor()),
                specs);
    }
}
