package com.avoma.webhooks.config.idempotency;

import com.avoma.webhooks.config.housekeeping.HousekeepingProperties;
import com.avoma.webhooks.config.housekeeping.Sweep;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;

/// Requests that are made once, and the end of their answers.
@Configuration(proxyBeanMethods = false)
public class IdempotencyConfiguration {
    /// An answer on its way out, but for its body; says so where it is given again.
    public static ResponseEntity.BodyBuilder response(Answer<?> answer) {
        var response = ResponseEntity.status(answer.status());
        if (answer.etag() != null) {
            response.eTag(answer.etag());
        }
        if (answer.repeated()) {
            response.header("Idempotency-Replayed", "true");
        }
        return response;
    }

    @Bean
    Idempotency idempotency(IdempotencyRepository answers) {
        return new Idempotency(answers);
    }

    @Bean
    @DependsOnDatabaseInitialization
    Sweep idempotencySweep(IdempotencyRepository answers, HousekeepingProperties properties) {
        return new Sweep("idempotency keys", properties.interval(), answers::sweep);
    }
}
