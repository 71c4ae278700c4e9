package com.avoma.webhooks.config.deliverylog;

import com.avoma.webhooks.config.housekeeping.HousekeepingProperties;
import com.avoma.webhooks.config.housekeeping.Sweep;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ContainerPostProcessor;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import reactor.core.publisher.Mono;

/// Keeps the log's days, and says how many consumers there are. The first days are there before
/// anything is taken off Kafka.
@Configuration(proxyBeanMethods = false)
class LogConfiguration {
    private static final Logger log = LoggerFactory.getLogger(LogConfiguration.class);
    private static final Duration FIRST = Duration.ofSeconds(60);

    @Bean
    int logConsumers(LogProperties properties) {
        return properties.consumers();
    }

    /// What the dispatcher writes ends in a transaction's marker, which is no record: without this
    /// the group would stay one short of the end, and seem to have something left to take.
    @Bean
    ContainerPostProcessor<Object, Object, AbstractMessageListenerContainer<Object, Object>>
            pastMarkers() {
        return container -> container.getContainerProperties().setFixTxOffsets(true);
    }

    @Bean(destroyMethod = "close")
    @DependsOnDatabaseInitialization
    Sweep logDays(PartitionRepository days, HousekeepingProperties housekeeping) {
        days.keep().onErrorResume(LogConfiguration::later).block(FIRST);
        return new Sweep(
                "log", housekeeping.interval(), () -> days.keep().then(Mono.defer(days::erase)));
    }

    /// Nothing is lost by it: what has no day yet is kept beside them, and moved when it has.
    private static Mono<Long> later(Throwable fault) {
        log.warn("log-days.behind fault={}", fault.toString());
        return Mono.empty();
    }
}
