package com.avoma.webhooks.delivery;

import com.avoma.webhooks.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    @Test
    void holdsTheHouseStyle() {
        ArchitectureRules.check(
                "com.avoma.webhooks.delivery",
                // the inner parts of HttpSender
                "AddressGuard",
                "AnswerDecoder",
                "Connection",
                "ConnectionPool",
                "Connector",
                "Conversation",
                "Exchange",
                "Excerpt",
                "ExplainingTrust",
                "Findings",
                "MultiplexedConnection",
                "Opening",
                "PostRequest",
                "ProxyTunnel",
                "SendingLoop",
                "SequentialConnection",
                "StreamsHandler",
                "StreamsListener",
                "Talk",
                "Transport",
                "DeliveryLifecycle",
                // read records and commit them for JobListener
                "Arrivals",
                "Completions");
    }
}
