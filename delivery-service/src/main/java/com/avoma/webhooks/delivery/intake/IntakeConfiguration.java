package com.avoma.webhooks.delivery.intake;

import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.delivery.DeliveryProperties;
import com.avoma.webhooks.delivery.endpoint.EndpointListener;
import com.avoma.webhooks.delivery.endpoint.EndpointTable;
import com.avoma.webhooks.delivery.endpoint.Endpoints;
import com.avoma.webhooks.delivery.metrics.DeliveryMetrics;
import com.avoma.webhooks.delivery.pipeline.DeliveryPipeline;
import com.avoma.webhooks.delivery.pipeline.Publishers;
import com.avoma.webhooks.delivery.retry.RetryLadder;
import com.avoma.webhooks.delivery.retry.WaitingTopics;
import com.avoma.webhooks.delivery.sending.HttpSender;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;

/// The pipeline and the two listeners that feed it: one for new jobs, one for those that wait. They
/// share the permits and nothing else, so a rebalance of one does not disturb the other.
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {
    @Bean
    DeliveryPipeline deliveryPipeline(
            Endpoints endpoints,
            HttpSender sender,
            RetryLadder ladder,
            Publishers publishers,
            DeliveryMetrics metrics,
            InstantSource clock) {
        return new DeliveryPipeline(endpoints, sender, ladder, publishers, metrics, clock);
    }

    @Bean
    Endpoints endpoints(EndpointTable table, EndpointListener listener) {
        return new Endpoints(table, listener);
    }

    @Bean
    InFlight inFlight(DeliveryProperties properties, DeliveryMetrics metrics) {
        var inFlight = new InFlight(properties.inFlight(), properties.inFlightPerWebhook());
        metrics.watchInFlight(inFlight::count);
        return inFlight;
    }

    @Bean(destroyMethod = "")
    JobListener jobListener(
            ConsumerFactory<byte[], byte[]> kafka,
            DeliveryPipeline pipeline,
            InFlight inFlight,
            WaitingTopics waitingTopics,
            InstantSource clock,
            Topics topics) {
        return new JobListener(
                Pattern.compile(Pattern.quote(topics.deliveryJobs())),
                () -> kafka.createConsumer(topics.prefix() + "delivery-service", "jobs", ""),
                pipeline,
                inFlight,
                waitingTopics,
                clock);
    }

    /// Reads every retry topic that there is, those of a longer ladder of former days too: what
    /// waits there is not lost.
    @Bean(destroyMethod = "")
    JobListener retryListener(
            ConsumerFactory<byte[], byte[]> kafka,
            DeliveryPipeline pipeline,
            InFlight inFlight,
            WaitingTopics waitingTopics,
            InstantSource clock,
            Topics topics,
            DeliveryMetrics metrics) {
        var listener =
                new JobListener(
                        waitingTopics.pattern(),
                        () ->
                                kafka.createConsumer(
                                        topics.prefix() + "delivery-service-retries",
                                        "retries",
                                        ""),
                        pipeline,
                        inFlight,
                        waitingTopics,
                        clock);
        metrics.watchRetries(() -> listener.backlog().waiting(), () -> listener.backlog().ready());
        return listener;
    }
}
