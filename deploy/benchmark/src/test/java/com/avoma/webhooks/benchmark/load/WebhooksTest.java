package com.avoma.webhooks.benchmark.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.subscription.Subscription;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WebhooksTest {
    private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
    private static final List<Integer> PORTS = List.of(7001, 7002, 7003);

    private final SecretCipher cipher = SecretCipher.of(SecretCipher.newKeyset());

    @Test
    void leadToThePortsInTurn() {
        assertThat(snapshots(new Webhooks(PORTS)).getFirst().webhooks())
                .extracting(Subscription::targetUrl)
                .containsExactly(
                        "https://localhost:7001/webhooks/0",
                        "https://localhost:7002/webhooks/1",
                        "https://localhost:7003/webhooks/2");
    }

    @Test
    void areAtMostAHundredOfAnOrganization() {
        assertThat(snapshots(new Webhooks(PORTS, 250)))
                .extracting(snapshot -> snapshot.webhooks().size())
                .containsExactly(100, 100, 50);
    }

    @Test
    void haveJobsInTurnAndOfTheirOwnOrganization() {
        var webhooks = new Webhooks(PORTS, 250);
        Map<UUID, UUID> organizations = new HashMap<>();
        for (var snapshot : snapshots(webhooks)) {
            for (var webhook : snapshot.webhooks()) {
                organizations.put(webhook.uuid(), snapshot.organizationUuid());
            }
        }

        Map<UUID, Integer> jobs = new HashMap<>();
        for (int number = 0; number < 500; number++) {
            var job = webhooks.job(number, NOW, Payload.of("{}"));
            assertThat(job.organizationUuid()).isEqualTo(organizations.get(job.webhookUuid()));
            jobs.merge(job.webhookUuid(), 1, Integer::sum);
        }

        assertThat(jobs).hasSize(250).allSatisfy((_, count) -> assertThat(count).isEqualTo(2));
    }

    private List<OrganizationSnapshot> snapshots(Webhooks webhooks) {
        return webhooks.snapshots(cipher, NOW);
    }
}
