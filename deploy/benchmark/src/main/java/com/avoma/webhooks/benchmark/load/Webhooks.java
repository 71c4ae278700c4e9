package com.avoma.webhooks.benchmark.load;

import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.MessageId;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.common.secret.Purpose;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.subscription.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Organizations with a signing secret and at most 100 webhooks each, which lead to the ports of
/// the receiver in turn: each port is an origin of its own.
///
/// @param count of webhooks, in the order in which jobs go round
public record Webhooks(List<Integer> ports, int count) {
    /// So that a snapshot stays far below what Kafka takes.
    private static final int MOST_OF_ORGANIZATION = 100;

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String TYPE = "AINOTE";
    private static final String SOURCE = "/meetings";
    private static final long REVISION = 1;

    public Webhooks {
        ports = List.copyOf(ports);
    }

    /// One for each port.
    public Webhooks(List<Integer> ports) {
        this(ports, ports.size());
    }

    List<OrganizationSnapshot> snapshots(SecretCipher cipher, Instant now) {
        List<OrganizationSnapshot> snapshots = new ArrayList<>();
        for (int first = 0; first < count; first += MOST_OF_ORGANIZATION) {
            List<Subscription> webhooks = new ArrayList<>();
            for (int i = first; i < Math.min(count, first + MOST_OF_ORGANIZATION); i++) {
                webhooks.add(webhook(i));
            }
            var organization = organizationOf(first);
            var secret = cipher.seal(SECRET, organization, Purpose.SIGNING_SECRET);
            snapshots.add(
                    new OrganizationSnapshot(
                            organization,
                            REVISION,
                            now,
                            List.of(new OrganizationSnapshot.SigningSecret(secret, null)),
                            webhooks));
        }
        return snapshots;
    }

    private Subscription webhook(int index) {
        return new Subscription(
                uuid(index),
                TYPE,
                "https://localhost:" + ports.get(index % ports.size()) + "/webhooks/" + index,
                true,
                Set.of(),
                List.of());
    }

    /// A job for the webhook whose turn it is.
    DeliveryJob job(long number, Instant now, Payload body) {
        int index = (int) (number % count);
        var webhook = uuid(index);
        var event = new UUID(now.toEpochMilli(), number).toString();
        return new DeliveryJob(
                MessageId.of(SOURCE, event, webhook),
                organizationOf(index),
                webhook,
                REVISION,
                event,
                SOURCE,
                TYPE,
                now,
                "5f0c7f6e-3a7d-4f63-9d6e-0a4f5e1f9b11",
                1,
                null,
                DeliveryJob.Origin.EVENT,
                null,
                body);
    }

    private static UUID organizationOf(int index) {
        return new UUID(1L << 60, 1 + index / MOST_OF_ORGANIZATION);
    }

    private static UUID uuid(int index) {
        return new UUID(4L << 60 | 0x4000, index * 2_654_435_761L);
    }
}
