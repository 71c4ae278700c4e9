package com.avoma.webhooks.dispatcher.routing;

import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.dispatcher.metrics.DispatchMetrics;
import java.time.Clock;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Makes the tables.
@Configuration(proxyBeanMethods = false)
class RoutingConfiguration {
    @Bean
    InstantSource clock() {
        return Clock.systemUTC();
    }

    @Bean
    Directory directory() {
        return new Directory();
    }

    @Bean
    RoutingTable routingTable(Directory directory) {
        return new RoutingTable(directory);
    }

    @Bean
    RoutingTableListener routingTableListener(
            Topics topics, RoutingTable table, Directory directory, DispatchMetrics metrics) {
        return new RoutingTableListener(
                topics, table, directory, snapshot -> metrics.propagated(snapshot.publishedAt()));
    }
}
