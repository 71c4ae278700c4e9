package com.avoma.webhooks.config.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.egress.AddressPolicy;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.secret.Purpose;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.config.plan.PlanLimits;
import com.avoma.webhooks.config.plan.PlanProperties;
import com.avoma.webhooks.config.setup.InactiveReason;
import com.avoma.webhooks.config.setup.OrganizationSetup;
import com.avoma.webhooks.config.setup.Webhook;
import com.avoma.webhooks.config.web.RefusedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WebhookBookTest {
    private static final UUID ACME = UUID.fromString("8d2e5b7a-61f4-4c0d-b6a9-3e4f5a6b7c8d");
    private static final UUID TEAM = UUID.fromString("5b0c8f3e-2a41-4c7d-9e0b-7f1d2c3a4b5e");
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final String AINOTE =
            "{\"event_type\":\"AINOTE\",\"target_url\":\"https://example.com/a\"}";

    private final LimitProperties limits = new LimitProperties(20, 128, 4096, 100, 2048);
    private final SecretCipher cipher = SecretCipher.of(SecretCipher.newKeyset());
    private final WebhookReader reader =
            new WebhookReader(limits, new AddressPolicy(List.of(), List.of()), () -> NOW);
    private final WebhookBook book =
            new WebhookBook(new PlanLimits(new PlanProperties(0, 2, 50)), cipher, limits);
    private final OrganizationSetup empty =
            new OrganizationSetup(ACME, Plan.ORGANIZATION, List.of(), List.of());

    @Test
    void createsWithDefaults() {
        var webhook = create(empty, AINOTE).webhooks().getFirst();

        assertThat(webhook.version()).isEqualTo(1);
        assertThat(webhook.active()).isTrue();
        assertThat(webhook.created()).isEqualTo(NOW).isEqualTo(webhook.modified());
        assertThat(webhook.fields().name()).isEqualTo("AI notes ready to example.com");
        assertThat(webhook.fields().targetType()).isEqualTo(2);
        assertThat(webhook.fields().teams()).isEmpty();
        assertThat(webhook.fields().headers()).isEmpty();
    }

    @Test
    void keepsADefaultNameWithinTheLimit() {
        var host = ("a".repeat(60) + ".").repeat(3) + "example.com";
        var made =
                create(
                        empty,
                        "{\"event_type\":\"AINOTE\",\"target_url\":\"https://" + host + "/\"}");
        assertThat(made.webhooks().getFirst().fields().name()).hasSize(100);
    }

    @Test
    void createsInactiveWhereThatIsAskedFor() {
        var made = create(empty, AINOTE.replace("}", ",\"is_active\":false}"));
        assertThat(made.webhooks().getFirst().inactiveReason()).isEqualTo(InactiveReason.ADMIN);
    }

    @Test
    void leavesAWebhookAsItIsWhereAPatchChangesNothing() {
        var setup = create(empty, AINOTE);

        assertThat(patch(setup, "{}")).isSameAs(setup);
        assertThat(patch(setup, "{\"is_active\":true,\"event_type\":\"AINOTE\"}")).isSameAs(setup);
    }

    @Test
    void changesWhatAPatchMentionsOnly() {
        var setup =
                create(empty, AINOTE.replace("}", ",\"teams\":[\"" + TEAM + "\"],\"name\":\"N\"}"));

        var changed = patch(setup, "{\"target_url\":\"https://example.com/b\"}").webhooks();

        var webhook = changed.getFirst();
        assertThat(webhook.version()).isEqualTo(2);
        assertThat(webhook.created()).isEqualTo(NOW);
        assertThat(webhook.modified()).isEqualTo(LATER);
        assertThat(webhook.fields().targetUrl()).isEqualTo("https://example.com/b");
        assertThat(webhook.fields().name()).isEqualTo("N");
        assertThat(webhook.fields().teams()).containsExactly(TEAM);
    }

    @Test
    void takesNullForTheDefault() {
        var setup =
                create(
                        empty,
                        AINOTE.replace(
                                "}",
                                ",\"name\":\"N\",\"teams\":[\""
                                        + TEAM
                                        + "\"],\"headers\":[{\"name\":\"A\",\"value\":\"b\"}]}"));

        var fields =
                patch(setup, "{\"name\":null,\"teams\":null,\"headers\":null}")
                        .webhooks()
                        .getFirst()
                        .fields();

        assertThat(fields.name()).isEqualTo("AI notes ready to example.com");
        assertThat(fields.teams()).isEmpty();
        assertThat(fields.headers()).isEmpty();
    }

    @Test
    void sealsSecretHeadersAndKeepsThoseThatAPatchCannotKnow() {
        var secret = "{\"name\":\"X-Token\",\"value\":\"s3cret\",\"secret\":true}";
        var setup = create(empty, AINOTE.replace("}", ",\"headers\":[" + secret + "]}"));
        var sealed = setup.webhooks().getFirst().fields().headers().getFirst();
        assertThat(sealed.value()).isNull();
        assertThat(cipher.open(sealed.secret(), ACME, Purpose.HEADER_VALUE)).isEqualTo("s3cret");

        var kept =
                patch(setup, "{\"headers\":[{\"name\":\"x-token\",\"secret\":true}]}")
                        .webhooks()
                        .getFirst()
                        .fields()
                        .headers()
                        .getFirst();
        assertThat(kept.name()).isEqualTo("x-token");
        assertThat(kept.secret()).isEqualTo(sealed.secret());

        assertRefused(
                () -> patch(setup, "{\"headers\":[{\"name\":\"Other\",\"secret\":true}]}"),
                400,
                "headers[0].value: is required: there is no secret Other to keep");
        var open = patch(setup, "{\"headers\":[{\"name\":\"X-Token\",\"value\":\"v\"}]}");
        assertRefused(
                () -> patch(open, "{\"headers\":[{\"name\":\"X-Token\",\"secret\":true}]}"),
                400,
                "no secret X-Token");
    }

    @Test
    void holdsThePlansLimitByTriggerEvent() {
        var full = create(create(empty, AINOTE), AINOTE);

        assertRefused(() -> create(full, AINOTE), 400, "2 webhooks for AINOTE");
        var booked = create(full, AINOTE.replace("AINOTE", "MEETING_BOOKED_VIA_SCHEDULER"));
        assertThat(booked.webhooks()).hasSize(3);
        var uuid =
                booked.webhooks().stream()
                        .filter(w -> w.fields().eventType() != TriggerEvent.AINOTE)
                        .findFirst()
                        .orElseThrow()
                        .uuid();
        assertRefused(
                () ->
                        book.patch(
                                booked,
                                uuid,
                                reader.patch(bytes("{\"event_type\":\"AINOTE\"}")),
                                _ -> true,
                                LATER),
                400,
                "2 webhooks for AINOTE");
        var startup = new OrganizationSetup(ACME, Plan.STARTUP, List.of(), List.of());
        assertRefused(() -> create(startup, AINOTE), 400, "Startup plan has no webhooks");
    }

    @Test
    void keepsTheReasonWhyAWebhookIsInactiveAndLetsAnAdminActivateIt() {
        var made = create(empty, AINOTE).webhooks().getFirst();
        var failing = empty.with(made.changed(made.fields(), InactiveReason.FAILING, NOW));

        assertThat(patch(failing, "{\"is_active\":false}").webhooks().getFirst().inactiveReason())
                .isEqualTo(InactiveReason.FAILING);
        assertThat(patch(failing, "{\"name\":\"N\"}").webhooks().getFirst().inactiveReason())
                .isEqualTo(InactiveReason.FAILING);
        assertThat(patch(failing, "{\"is_active\":true}").webhooks().getFirst().active()).isTrue();
    }

    @Test
    void deletesWhatIsThereInTheVersionThatIsExpected() {
        var setup = create(empty, AINOTE);
        var uuid = setup.webhooks().getFirst().uuid();

        assertThat(book.delete(setup, uuid, _ -> true).setup().webhooks()).isEmpty();
        assertRefused(() -> book.delete(setup, uuid, _ -> false), 412, "If-Match");
        assertRefused(() -> book.delete(setup, UUID.randomUUID(), _ -> true), 404, "no such");
        assertRefused(
                () ->
                        book.patch(
                                setup,
                                UUID.randomUUID(),
                                reader.patch(bytes("{}")),
                                _ -> true,
                                NOW),
                404,
                "no such");
        assertRefused(
                () ->
                        book.patch(
                                setup, uuid, reader.patch(bytes("{}")), w -> w.version() == 7, NOW),
                412,
                "If-Match");
    }

    private OrganizationSetup create(OrganizationSetup setup, String json) {
        return book.create(setup, UUID.randomUUID(), reader.created(bytes(json)), NOW).setup();
    }

    /// Patches the first webhook.
    private OrganizationSetup patch(OrganizationSetup setup, String json) {
        Webhook webhook = setup.webhooks().getFirst();
        return book.patch(setup, webhook.uuid(), reader.patch(bytes(json)), _ -> true, LATER)
                .setup();
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static void assertRefused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, int status, String rule) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(status))
                .hasMessageContaining(rule);
    }
}
