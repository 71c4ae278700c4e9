package com.avoma.webhooks.config.directory;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.FixedBackOff;

/// A batch that cannot be taken is tried again every second until it can: what fails is the
/// database or Kafka, for a record of its own fault is passed over before.
@Configuration(proxyBeanMethods = false)
class DirectoryConfiguration {
    private static final long RETRY_MILLIS = 1_000;

    @Bean
    CommonErrorHandler directoryErrors() {
        return new DefaultErrorHandler(
                new FixedBackOff(RETRY_MILLIS, FixedBackOff.UNLIMITED_ATTEMPTS));
    }
}
