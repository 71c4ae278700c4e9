package com.avoma.webhooks.browser;

import com.avoma.webhooks.common.directory.Member;
import com.avoma.webhooks.common.directory.Organization;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.directory.Team;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.testing.TestBroker;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/// An organization of two teams, with what its part of the product publishes.
///
/// @param prefix of the topics
record Customer(String prefix, UUID uuid) {
    private static final String NAME = "Acme";

    /// One on the Enterprise plan.
    static Customer of(String prefix, UUID uuid) {
        var customer = new Customer(prefix, uuid);
        customer.becomes(Plan.ENTERPRISE);
        for (var name : List.of("Sales", "Customer Success")) {
            var team = UUID.randomUUID();
            customer.publish("directory.teams", team, new Team(team, uuid, name));
        }
        var user = UUID.randomUUID();
        customer.publish(
                "directory.members",
                user,
                new Member(user, uuid, "ada@example.com", Member.Role.ADMIN, Set.of()));
        return customer;
    }

    void becomes(Plan plan) {
        publish("directory.organizations", uuid, new Organization(uuid, NAME, plan));
    }

    /// The other services; the caller closes them.
    OtherServices otherServices() {
        return new OtherServices(prefix, uuid);
    }

    private void publish(String topic, UUID key, Object value) {
        try (var producer = TestBroker.producer()) {
            var bytes = key.toString().getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(prefix + topic, bytes, Json.write(value)));
        }
    }
}
