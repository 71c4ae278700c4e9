package com.avoma.webhooks.delivery;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/// delivery-service: takes jobs off Kafka and sends them to their receivers. Start reading at
/// [com.avoma.webhooks.delivery.intake.JobListener].
@SpringBootApplication
public class DeliveryApplication {
    public static void main(String[] args) {
        SpringApplication.run(DeliveryApplication.class, args);
    }
}
