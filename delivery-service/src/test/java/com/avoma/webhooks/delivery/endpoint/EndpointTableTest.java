package com.avoma.webhooks.delivery.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.avoma.webhooks.common.secret.Purpose;
import com.avoma.webhooks.common.secret.SealBrokenException;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot.SigningSecret;
import com.avoma.webhooks.common.subscription.Subscription;
import com.avoma.webhooks.common.subscription.Subscription.ClientCertificate;
import com.avoma.webhooks.common.subscription.Subscription.CustomHeader;
import com.avoma.webhooks.delivery.sending.Request.Header;
import com.avoma.webhooks.delivery.sending.tls.ClientIdentity;
import com.avoma.webhooks.delivery.signing.Signer.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EndpointTableTest {
    private final SecretCipher cipher = SecretCipher.of(SecretCipher.newKeyset());
    private final EndpointTable table = new EndpointTable(cipher);
    private final UUID organization = UUID.randomUUID();
    private final UUID webhook = UUID.randomUUID();

    @Test
    void opensWhatAnAttemptNeeds() {
        table.apply(snapshot(3, "https://a.example/", true));

        assertThat(find(3))
                .isEqualTo(
                        new Lookup.Known(
                                new Endpoint(
                                        "https://a.example/",
                                        List.of(new Header("A", "open"), new Header("B", "sesame")),
                                        List.of(new Secret("a signing secret", null)),
                                        new ClientIdentity("certificates", "a key"))));
    }

    @Test
    void judgesNothingBeforeTheJobsRevisionIsThere() {
        assertThat(find(1)).isEqualTo(new Lookup.NotYet());
        table.apply(snapshot(1, "https://a.example/", true));
        assertThat(find(2)).isEqualTo(new Lookup.NotYet());
        table.apply(snapshot(2, "https://b.example/", true));
        assertThat(find(1)).isEqualTo(find(2)).isInstanceOf(Lookup.Known.class);
    }

    @Test
    void ignoresASnapshotOfALowerRevision() {
        table.apply(snapshot(5, "https://new.example/", true));
        table.apply(snapshot(4, "https://old.example/", true));

        assertThat(find(4))
                .isInstanceOfSatisfying(
                        Lookup.Known.class,
                        known ->
                                assertThat(known.endpoint().url())
                                        .isEqualTo("https://new.example/"));
    }

    @Test
    void tellsDeletedFromInactive() {
        table.apply(snapshot(1, "https://a.example/", false));

        assertThat(find(1))
                .isInstanceOfSatisfying(
                        Lookup.Inactive.class,
                        inactive -> {
                            assertThat(inactive.url()).isEqualTo("https://a.example/");
                            assertThat(inactive.endpoint().get().url())
                                    .isEqualTo("https://a.example/");
                        });
        assertThat(table.find(organization, UUID.randomUUID(), 1)).isEqualTo(new Lookup.Deleted());
    }

    @Test
    void hasDeletedTheWebhooksOfAnOrganizationThatWasRemoved() {
        table.apply(snapshot(1, "https://a.example/", true));
        table.remove(organization);

        assertThat(find(7)).isEqualTo(new Lookup.Deleted());
    }

    @Test
    void takesWhatIsPublishedAfterARemoval() {
        table.apply(snapshot(5, "https://a.example/", true));
        table.remove(organization);
        table.apply(snapshot(6, "https://b.example/", true));

        assertThat(find(6)).isInstanceOf(Lookup.Known.class);
    }

    @Test
    void failsLoudlyWhereTheKeysetIsAnother() {
        var other = new EndpointTable(SecretCipher.of(SecretCipher.newKeyset()));
        other.apply(snapshot(1, "https://a.example/", true));

        assertThatThrownBy(() -> other.find(organization, webhook, 1))
                .isInstanceOf(SealBrokenException.class);
    }

    private Lookup find(long revision) {
        return table.find(organization, webhook, revision);
    }

    private OrganizationSnapshot snapshot(long revision, String url, boolean active) {
        return new OrganizationSnapshot(
                organization,
                revision,
                Instant.EPOCH,
                List.of(
                        new SigningSecret(
                                cipher.seal(
                                        "a signing secret", organization, Purpose.SIGNING_SECRET),
                                null)),
                List.of(
                        new Subscription(
                                webhook,
                                "AINOTE",
                                url,
                                active,
                                Set.of(),
                                List.of(
                                        new CustomHeader("A", "open", null),
                                        new CustomHeader(
                                                "B",
                                                null,
                                                cipher.seal(
                                                        "sesame",
                                                        organization,
                                                        Purpose.HEADER_VALUE))),
                                new ClientCertificate(
                                        "certificates",
                                        cipher.seal("a key", organization, Purpose.CLIENT_KEY)))));
    }
}
