package com.avoma.webhooks.delivery;

import com.avoma.webhooks.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void holdsTheHouseStyle() {
        ArchitectureRules.check(
                "com.avoma.webhooks.delivery",
                // the inner parts of HttpSender
                "Connector",
                "ConnectionPool",
                "Exchange",
                "ExchangeHandler",
                "Excerpt",
                "PostRequest",
                "Transport",
                "DeliveryLifecycle",
                // reads records for JobListener
                "Arrivals");
    }
}
