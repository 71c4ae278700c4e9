package com.avoma.webhooks.config.plan;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The plain parts that plans are judged with.
@Configuration(proxyBeanMethods = false)
class PlanConfiguration {
    @Bean
    PlanLimits planLimits(PlanProperties properties) {
        return new PlanLimits(properties);
    }
}
