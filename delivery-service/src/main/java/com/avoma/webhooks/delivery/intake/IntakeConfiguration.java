package com.avoma.webhooks.delivery.intake;

import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.delivery.DeliveryProperties;
import com.avoma.webhooks.delivery.endpoint.EndpointListener;
import com.avoma.webhooks.delivery.endpoint.EndpointTable;
import com.avoma.webhooks.delivery.endpoint.Endpoints;
import com.avoma.webhooks.delivery.intake.JobListener.Source;
import com.avoma.webhooks.delivery.isolation.Isolation;
import com.avoma.webhooks.delivery.metrics.DeliveryMetrics;
import com.avoma.webhooks.delivery.pipeline.Bookkeeping;
import com.avoma.webhooks.delivery.pipeline.DeliveryPipeline;
import com.avoma.webhooks.delivery.pipeline.Publishers;
import com.avoma.webhooks.delivery.retry.RetryLadder;
import com.avoma.webhooks.delivery.retry.WaitingTopics;
import com.avoma.webhooks.delivery.sending.HttpSender;
import com.avoma.webhooks.delivery.trace.AttemptSpans;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;

/// The pipeline and the two listeners that feed it: one for new jobs, one for those that wait. They
/// share the permits and nothing else, so a rebalance of one does not disturb the other.
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {
    /// Webhooks of which something is kept in memory, each some hundred bytes.
    private static final int MOST_KNOWN = 20_000;

    /// A commit for each so many-th part of what may be under way: what is done keeps its place
    /// until it is committed, and the rest goes on meanwhile.
    private static final int COMMITS_PER_TURN = 4;

    @Bean
    Bookkeeping bookkeeping(
            RetryLadder ladder,
            Publishers publishers,
            DeliveryProperties properties,
            DeliveryMetrics metrics,
            InstantSource clock) {
        return new Bookkeeping(ladder, publishers, properties.deferral().longest(), metrics, clock);
    }

    @Bean(destroyMethod = "")
    DeliveryPipeline deliveryPipeline(
            Endpoints endpoints,
            HttpSender sender,
            Bookkeeping bookkeeping,
            AttemptSpans spans,
            InstantSource clock) {
        return new DeliveryPipeline(endpoints, sender, bookkeeping, spans, clock);
    }

    @Bean
    Endpoints endpoints(EndpointTable table, EndpointListener listener) {
        return new Endpoints(table, listener);
    }

    @Bean
    Isolation isolation(DeliveryProperties properties, DeliveryMetrics metrics) {
        var isolation =
                new Isolation(
                        properties.inFlight(),
                        properties.inFlightBytes().toBytes(),
                        properties.inFlightPerWebhook(),
                        MOST_KNOWN);
        metrics.watchInFlight(isolation::inFlight);
        return isolation;
    }

    @Bean
    Gate gate(Isolation isolation, Endpoints endpoints) {
        return new Gate(isolation, endpoints);
    }

    @Bean
    ReadAhead readAhead(DeliveryProperties properties) {
        return new ReadAhead(properties.readAhead().toBytes());
    }

    @Bean
    Arrivals arrivals(WaitingTopics waitingTopics) {
        return new Arrivals(waitingTopics);
    }

    @Bean
    Sources sources(
            ConsumerFactory<byte[], byte[]> kafka,
            WaitingTopics waitingTopics,
            Topics topics,
            DeliveryProperties properties) {
        var group = topics.prefix() + "delivery-service";
        int many = Math.max(1, properties.inFlight() / COMMITS_PER_TURN);
        return new Sources(
                new Source(
                        Pattern.compile(Pattern.quote(topics.deliveryJobs())),
                        () -> kafka.createConsumer(group, "jobs", ""),
                        many),
                // every retry topic that there is, those of a longer ladder of former days too:
                // what
                // waits there is not lost
                new Source(
                        waitingTopics.pattern(),
                        () -> kafka.createConsumer(group + "-retries", "retries", ""),
                        many));
    }

    record Sources(Source jobs, Source waiting) {}

    @Bean(destroyMethod = "")
    JobListener jobListener(
            Sources sources,
            DeliveryPipeline pipeline,
            Gate gate,
            Arrivals arrivals,
            ReadAhead readAhead,
            InstantSource clock,
            DeliveryMetrics metrics) {
        var listener = new JobListener(sources.jobs(), pipeline, gate, arrivals, readAhead, clock);
        metrics.watchLag("delivery-jobs", () -> listener.backlog().undone());
        return listener;
    }

    @Bean(destroyMethod = "")
    JobListener retryListener(
            Sources sources,
            DeliveryPipeline pipeline,
            Gate gate,
            Arrivals arrivals,
            ReadAhead readAhead,
            InstantSource clock,
            DeliveryMetrics metrics) {
        var listener =
                new JobListener(sources.waiting(), pipeline, gate, arrivals, readAhead, clock);
        metrics.watchLag("delivery-deferred", () -> listener.backlog().undone());
        metrics.watchRetries(() -> listener.backlog().waiting(), () -> listener.backlog().ready());
        return listener;
    }
}
