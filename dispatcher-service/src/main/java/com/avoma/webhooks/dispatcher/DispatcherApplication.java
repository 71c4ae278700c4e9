package com.avoma.webhooks.dispatcher;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/// Reads meeting events, decides which webhooks get them, and puts a job for each on Kafka. Begins
/// at [com.avoma.webhooks.dispatcher.intake.EventListener].
@SpringBootApplication
@ConfigurationPropertiesScan
public class DispatcherApplication {
    public static void main(String[] args) {
        SpringApplication.run(DispatcherApplication.class, args);
    }
}
