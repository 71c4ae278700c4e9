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

/// One organization with a signing secret, and a webhook for each port of the receiver, which is an
/// origin of its own.
///
/// @param ports in the order in which jobs go round
public record Webhooks(List<Integer> ports) {
    private static final UUID ORGANIZATION = new UUID(1L << 60, 1);
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String TYPE = "AINOTE";
    private static final String SOURCE = "/meetings";
    private static final long REVISION = 1;

    public Webhooks {
        ports = List.copyOf(ports);
    }

    static UUID organization() {
        return ORGANIZATION;
    }

    OrganizationSnapshot snapshot(SecretCipher cipher, Instant now) {
        List<Subscription> webhooks = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            webhooks.add(
                    new Subscription(
                            uuid(i),
                            TYPE,
                            "https://localhost:" + ports.get(i) + "/webhooks/" + i,
                            true,
                            Set.of(),
                            List.of()));
        }
        var secret = cipher.seal(SECRET, ORGANIZATION, Purpose.SIGNING_SECRET);
        return new OrganizationSnapshot(
                ORGANIZATION,
                REVISION,
                now,
                List.of(new OrganizationSnapshot.SigningSecret(secret, null)),
                webhooks);
    }

    /// A job for the webhook whose turn it is.
    DeliveryJob job(long number, Instant now, Payload body) {
        var webhook = uuid((int) (number % ports.size()));
        var event = new UUID(now.toEpochMilli(), number).toString();
        return new DeliveryJob(
                MessageId.of(SOURCE, event, webhook),
                ORGANIZATION,
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

    private static UUID uuid(int index) {
        return new UUID(4L << 60 | 0x4000, index * 2_654_435_761L);
    }
}
