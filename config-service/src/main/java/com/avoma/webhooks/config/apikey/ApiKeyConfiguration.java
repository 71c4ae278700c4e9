package com.avoma.webhooks.config.apikey;

import java.security.SecureRandom;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The one way to issue a key.
@Configuration(proxyBeanMethods = false)
class ApiKeyConfiguration {
    @Bean
    ApiKeyEditor apiKeyEditor(ApiKeyRepository keys, Clock clock) {
        return new ApiKeyEditor(keys, clock, new SecureRandom());
    }
}
