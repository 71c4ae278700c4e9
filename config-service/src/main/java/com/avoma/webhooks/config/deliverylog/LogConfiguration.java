package com.avoma.webhooks.config.deliverylog;

import com.avoma.webhooks.config.housekeeping.HousekeepingProperties;
import com.avoma.webhooks.config.housekeeping.Sweep;
import java.time.Duration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Keeps the log's days, and says how many consumers there are. The first days are there before
/// anything is taken off Kafka.
@Configuration(proxyBeanMethods = false)
class LogConfiguration {
    private static final Duration FIRST = Duration.ofSeconds(60);

    @Bean
    int logConsumers(LogProperties properties) {
        return properties.consumers();
    }

    @Bean(destroyMethod = "close")
    @DependsOnDatabaseInitialization
    Sweep logDays(PartitionRepository days, HousekeepingProperties housekeeping) {
        days.keep().block(FIRST);
        return new Sweep("log", housekeeping.interval(), days::keep);
    }
}
