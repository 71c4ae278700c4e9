package com.avoma.webhooks.dispatcher.intake;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.AfterRollbackProcessor;
import org.springframework.kafka.listener.DefaultAfterRollbackProcessor;
import org.springframework.util.backoff.ExponentialBackOff;

/// Wires the reader, and what happens after a batch was rolled back: it comes again, for ever, a
/// little later each time. Nothing is skipped.
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {
    private static final long FIRST_PAUSE_MS = 200;
    private static final long LONGEST_PAUSE_MS = 5_000;

    @Bean
    EventReader eventReader(IntakeProperties properties) {
        return new EventReader(properties.largestBody());
    }

    @Bean
    AfterRollbackProcessor<Object, Object> afterRollback() {
        var pause = new ExponentialBackOff(FIRST_PAUSE_MS, 2);
        pause.setMaxInterval(LONGEST_PAUSE_MS);
        return new DefaultAfterRollbackProcessor<>(pause);
    }
}
