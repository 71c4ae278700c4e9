package com.avoma.webhooks.dispatcher.intake;

import com.avoma.webhooks.dispatcher.event.Budget;
import com.avoma.webhooks.dispatcher.event.EventReader;
import com.avoma.webhooks.dispatcher.event.SchemaCheck;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Wires the reader.
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {
    @Bean
    EventReader eventReader(IntakeProperties properties) {
        var budget = new Budget(properties.schemaChecksPerSecond(), System::nanoTime);
        return new EventReader(
                properties.largestBody(), new SchemaCheck(properties.schemaValidation(), budget));
    }

    /// Down where a thread of the listener has ended by an error: only a restart helps.
    @Bean
    HealthIndicator intakeHealthIndicator(EventListener listener) {
        return () -> (listener.isBroken() ? Health.down() : Health.up()).build();
    }
}
