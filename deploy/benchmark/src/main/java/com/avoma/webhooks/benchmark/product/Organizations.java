package com.avoma.webhooks.benchmark.product;

import com.avoma.webhooks.common.directory.Member;
import com.avoma.webhooks.common.directory.Organization;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.quickstart.seed.ApiClient;
import com.avoma.webhooks.quickstart.seed.Cast;
import com.avoma.webhooks.quickstart.seed.DirectoryPublisher;
import com.avoma.webhooks.quickstart.seed.KafkaPublisher;
import com.avoma.webhooks.quickstart.seed.SampleWebhooks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Organizations with a member, a signing secret and a webhook each, all of it made as a customer
/// would: through the directory's topics and the public API.
record Organizations(List<Cast> all) {
    private static final Duration DIRECTORY_BOUND = Duration.ofSeconds(30);
    private static final String WEBHOOKS = "/v1/webhooks/";

    Organizations {
        all = List.copyOf(all);
    }

    /// One for each port of the receiver.
    ///
    /// @param eventType of their webhooks
    static Organizations create(Surroundings surroundings, String eventType)
            throws InterruptedException {
        var ports = surroundings.receiver().ports();
        List<Cast> all = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            all.add(organization(i));
        }
        try (var kafka = new KafkaPublisher(surroundings.broker().address())) {
            var directory = new DirectoryPublisher(kafka, new Topics(""));
            for (var one : all) {
                directory.publish(one);
            }
        }
        for (int i = 0; i < all.size(); i++) {
            var token = surroundings.tokens().tokenFor(all.get(i).admin());
            try (var admin = new ApiClient(surroundings.api(), token)) {
                // once config-service has read the directory
                admin.await("GET", WEBHOOKS, null, DIRECTORY_BOUND);
                var _ = new SampleWebhooks(admin, ports.get(i)).signingSecret();
                admin.require(
                        "POST",
                        WEBHOOKS,
                        Map.of(
                                "name",
                                "Webhook " + i,
                                "event_type",
                                eventType,
                                "target_url",
                                "https://localhost:" + ports.get(i) + "/webhooks/" + i));
            }
        }
        return new Organizations(all);
    }

    List<UUID> uuids() {
        return all.stream().map(one -> one.organization().uuid()).toList();
    }

    private static Cast organization(int number) {
        var uuid = new UUID(0x6000, 0x8000_0000_0000_0000L + number);
        var admin = new UUID(0x6001, 0x8000_0000_0000_0000L + number);
        return new Cast(
                new Organization(uuid, "Organization " + number, Plan.ENTERPRISE),
                List.of(),
                List.of(
                        new Member(
                                admin,
                                uuid,
                                "admin@" + number + ".example",
                                Member.Role.ADMIN,
                                Set.of())));
    }
}
