package com.avoma.webhooks.config.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.secret.SealedText;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot.SigningSecret;
import com.avoma.webhooks.common.subscription.Subscription.ClientCertificate;
import com.avoma.webhooks.common.subscription.Subscription.CustomHeader;
import com.avoma.webhooks.config.audit.AuditEntry;
import com.avoma.webhooks.config.audit.AuditEntry.Change;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SetupDifferenceTest {
    private static final Instant THEN = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-02T00:00:00Z");
    private static final OrganizationSetup EMPTY =
            new OrganizationSetup(UUID.randomUUID(), Plan.ENTERPRISE, List.of(), List.of());

    private final Webhook webhook =
            new Webhook(UUID.randomUUID(), 1, fields("A", List.of()), null, THEN, THEN);
    private final Webhook other =
            new Webhook(UUID.randomUUID(), 1, fields("B", List.of()), null, NOW, NOW);

    @Test
    void hasNothingToSayOfTheSameSetup() {
        var setup = EMPTY.with(webhook).withSigningSecrets(List.of(secret("s", null)));
        assertThat(SetupDifference.between(setup, setup, null)).isEmpty();
    }

    @Test
    void saysAllOfWhatIsNewOrGone() {
        var created = SetupDifference.between(EMPTY, EMPTY.with(webhook), null);
        var deleted = SetupDifference.between(EMPTY.with(webhook), EMPTY, null);

        assertThat(created)
                .singleElement()
                .extracting(AuditEntry::action)
                .isEqualTo("webhook.created");
        assertThat(created.getFirst().resource()).isEqualTo("webhooks/" + webhook.uuid());
        assertThat(created.getFirst().changes())
                .containsEntry("name", new Change(null, "A"))
                .containsEntry("is_active", new Change(null, true))
                .doesNotContainKey("inactive_reason");
        assertThat(deleted)
                .singleElement()
                .extracting(AuditEntry::action)
                .isEqualTo("webhook.deleted");
        assertThat(deleted.getFirst().changes()).containsEntry("name", new Change("A", null));
    }

    @Test
    void saysOnlyWhatDiffersOfWhatWasThereAndInTheOrderOfTheirMaking() {
        var before = EMPTY.with(other).with(webhook);
        var after =
                before.with(other.changed(fields("B2", List.of()), null, NOW))
                        .with(webhook.changed(webhook.fields(), InactiveReason.PLAN, NOW));

        assertThat(SetupDifference.between(before, after, null))
                .containsExactly(
                        new AuditEntry(
                                "webhook.updated",
                                "webhooks/" + webhook.uuid(),
                                Map.of(
                                        "is_active",
                                        new Change(true, false),
                                        "inactive_reason",
                                        new Change(null, "plan"))),
                        new AuditEntry(
                                "webhook.updated",
                                "webhooks/" + other.uuid(),
                                Map.of("name", new Change("B", "B2"))));
    }

    @Test
    void saysThatAHeaderChangedButNotItsValue() {
        var before = EMPTY.with(with(new CustomHeader("X", "one", null)));
        var after = EMPTY.with(with(new CustomHeader("X", "two", null)));
        var sealed = EMPTY.with(with(new CustomHeader("X", null, new SealedText("three"))));
        var masked = List.of(Map.of("name", "X", "value", "***"));

        for (var next : List.of(after, sealed)) {
            assertThat(SetupDifference.between(before, next, null).getFirst().changes())
                    .isEqualTo(Map.of("headers", new Change(masked, masked)));
        }
    }

    @Test
    void saysThatACertificateOrItsKeyChanged() {
        var none = EMPTY.with(with((Webhook.ClientCertificate) null));
        var one = EMPTY.with(with(certificate("A", "key")));
        var other = EMPTY.with(with(certificate("A", "other key")));
        var masked = Map.of("subject", "A", "expires_at", NOW, "private_key", "***");

        assertThat(SetupDifference.between(none, one, null).getFirst().changes())
                .isEqualTo(Map.of("client_certificate", new Change(null, masked)));
        assertThat(SetupDifference.between(one, other, null).getFirst().changes())
                .isEqualTo(Map.of("client_certificate", new Change(masked, masked)));
        assertThat(SetupDifference.between(EMPTY, one, null).getFirst().changes())
                .containsEntry("client_certificate", new Change(null, masked));
    }

    private static Webhook.ClientCertificate certificate(String subject, String key) {
        return new Webhook.ClientCertificate(
                subject, NOW, new ClientCertificate("PEM", new SealedText(key)));
    }

    private Webhook with(Webhook.ClientCertificate certificate) {
        var fields =
                new Webhook.Fields(
                        "A",
                        TriggerEvent.AINOTE,
                        "https://example.com/",
                        2,
                        Set.of(),
                        List.of(),
                        certificate);
        return new Webhook(webhook.uuid(), 1, fields, null, THEN, THEN);
    }

    @Test
    void masksTheSigningSecret() {
        var none = EMPTY;
        var one = EMPTY.withSigningSecrets(List.of(secret("s", null)));
        var two = EMPTY.withSigningSecrets(List.of(secret("t", null), secret("s", NOW)));

        assertThat(SetupDifference.between(none, one, null))
                .containsExactly(
                        entry(
                                "signing_secret.set",
                                Map.of("signing_secret", new Change(null, "***"))));
        assertThat(SetupDifference.between(one, two, "signing_secret.rotated"))
                .containsExactly(
                        entry(
                                "signing_secret.rotated",
                                Map.of(
                                        "signing_secret",
                                        new Change("***", "***"),
                                        "overlap_until",
                                        new Change(null, NOW))));
        assertThat(SetupDifference.between(one, none, null))
                .containsExactly(
                        entry(
                                "signing_secret.deleted",
                                Map.of("signing_secret", new Change("***", null))));
    }

    private static AuditEntry entry(String action, Map<String, Change> changes) {
        return new AuditEntry(action, "webhooks/signing-secret", changes);
    }

    private Webhook with(CustomHeader header) {
        return new Webhook(webhook.uuid(), 1, fields("A", List.of(header)), null, THEN, THEN);
    }

    private static Webhook.Fields fields(String name, List<CustomHeader> headers) {
        return new Webhook.Fields(
                name, TriggerEvent.AINOTE, "https://example.com/", 2, Set.of(), headers);
    }

    private static SigningSecret secret(String text, Instant until) {
        return new SigningSecret(new SealedText(text), until);
    }
}
