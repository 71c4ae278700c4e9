package com.avoma.webhooks.config;

import java.time.Clock;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/// config-service: the admin API on 8080, health and metrics on 9080. With the argument `migrate`
/// it is [MigrationApplication] instead.
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class ConfigApplication {
    public static void main(String[] args) {
        if (List.of(args).contains(MigrationApplication.COMMAND)) {
            MigrationApplication.run(args);
        } else {
            SpringApplication.run(ConfigApplication.class, args);
        }
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
