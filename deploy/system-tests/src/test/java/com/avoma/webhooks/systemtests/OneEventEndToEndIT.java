package com.avoma.webhooks.systemtests;

import static com.avoma.webhooks.systemtests.MeetingEventBuilder.aiNotes;
import static com.avoma.webhooks.systemtests.MeetingEventBuilder.event;
import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.event.TriggerEvent;
import io.netty.pkitesting.CertificateBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The main job: a meeting event becomes a signed webhook at an HTTPS receiver.
class OneEventEndToEndIT {
    private static Platform platform;
    private static String secret;

    private Receiver receiver;

    @BeforeAll
    static void startsThePlatform() {
        platform = Platform.shared();
        secret = platform.api().rotateSecret();
    }

    @BeforeEach
    void startsAReceiver() {
        receiver = platform.receiver();
    }

    @AfterEach
    void stopsTheReceiver() {
        platform.api().deleteWebhooks();
        platform.otherOrganizationsApi().deleteWebhooks();
        receiver.close();
    }

    @ParameterizedTest
    @EnumSource
    void deliversEachTypeOfEventWithBothSignatures(TriggerEvent type) {
        platform.api().addWebhook(type.name(), receiver.url("/hooks"));
        var binary = event(type);
        var structured = event(type).structured();
        platform.publish(binary);
        platform.publish(structured);

        var deliveries = receiver.awaitDeliveries(2);

        for (var delivery : deliveries) {
            assertThat(delivery.method()).isEqualTo("POST");
            assertThat(delivery.path()).isEqualTo("/hooks");
            assertThat(delivery.header("Content-Type")).isEqualTo("application/json");
            assertThat(delivery.header("X-Avoma-Signature")).matches("[0-9a-f]{64}");
            assertThat(delivery.avomaSignatureIsValid(secret)).isTrue();
            assertThat(delivery.standardSignatureIsValid(secret)).isTrue();
            assertThat(delivery.headers())
                    .doesNotContainKeys("X-Avoma-Timestamp", "Content-Encoding");
            assertThat(delivery.text()).isEqualTo(type.sample().text());
        }
        assertThat(deliveries.getFirst().header("webhook-id"))
                .doesNotContain(".")
                .isNotEqualTo(deliveries.getLast().header("webhook-id"));
    }

    @Test
    void sendsABodyThatSurvivesStringify() {
        platform.api().addWebhook("AINOTE", receiver.url("/"));
        platform.publish(
                aiNotes()
                        .saying(
                                "{ \"event_type\" : \"AINOTE\", \"b\":1.50, \"10\":\"\\u00e9\\ud83c\\udf89\","
                                        + " \"2\": 1e21, \"b\": -0 }\n"));
        var delivery = receiver.awaitDelivery();
        assertThat(delivery.text())
                .isEqualTo("{\"2\":1e+21,\"10\":\"é🎉\",\"event_type\":\"AINOTE\",\"b\":0}");
        assertThat(delivery.avomaSignatureIsValid(secret)).isTrue();
    }

    @Test
    void sendsOnlyEventsOfTheTeamsInScope() {
        var firstTeam = platform.teams().getFirst();
        platform.api().addWebhook("AINOTE", receiver.url("/team"), firstTeam);
        platform.api().addWebhook("AINOTE", receiver.url("/all"));
        platform.publish(aiNotes().by(platform.users().getLast()));
        platform.publish(aiNotes().by(platform.users().getFirst()));

        // /all twice and /team once: the event out of scope was published first
        var paths = receiver.awaitDeliveries(3).stream().map(Delivery::path).toList();
        assertThat(paths).containsExactlyInAnyOrder("/all", "/all", "/team");
    }

    @Test
    void triesAgainWithTheSameBodyAndIdAfterAFailure() {
        receiver.answers(503, 500);
        platform.api().addWebhook("AINOTE", receiver.url("/"));
        platform.publish(aiNotes());

        var deliveries = receiver.awaitDeliveries(3);

        assertThat(deliveries)
                .extracting(Delivery::text)
                .containsOnly(deliveries.getFirst().text());
        assertThat(deliveries)
                .extracting(delivery -> delivery.header("webhook-id"))
                .containsOnly(deliveries.getFirst().header("webhook-id"));
        assertThat(deliveries).allMatch(delivery -> delivery.avomaSignatureIsValid(secret));
        assertThat(deliveries).allMatch(delivery -> delivery.standardSignatureIsValid(secret));
        assertThat(Duration.between(deliveries.get(0).at(), deliveries.get(1).at()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(Duration.between(deliveries.get(1).at(), deliveries.get(2).at()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    }

    private static String body(String subject) {
        return "{\"event_type\":\"AINOTE\",\"subject\":\"" + subject + "\"}";
    }

    @Test
    void keepsOrganizationsApart() {
        var webhook = platform.api().addWebhook("AINOTE", receiver.url("/ours"));
        var theirs = platform.otherOrganizationsApi();
        theirs.addWebhook("AINOTE", receiver.url("/theirs"));
        assertThat(theirs.get("/v1/webhooks/" + webhook + "/").status()).isEqualTo(404);
        platform.publish(aiNotes());
        platform.publish(aiNotes());
        assertThat(receiver.awaitDeliveries(2)).extracting(Delivery::path).containsOnly("/ours");
        assertThat(theirs.get("/v1/webhooks/").body().get("count").asInt()).isEqualTo(1);
    }

    /// What fails for want of a certificate is tried again with the one that was set meanwhile.
    @Test
    void showsAClientCertificateToAReceiverThatDemandsOne() throws Exception {
        var client =
                new CertificateBuilder()
                        .subject("CN=Avoma")
                        .setIsCertificateAuthority(true)
                        .buildSelfSigned();
        try (var strict = platform.receiverDemanding(client.getCertificate())) {
            var webhook = platform.api().addWebhook("AINOTE", strict.url("/strict"));
            platform.publish(aiNotes().saying(body("mutual")));
            platform.api().setClientCertificate(webhook, client);

            assertThat(
                            strict.awaitDelivery("/strict", body("mutual"))
                                    .avomaSignatureIsValid(secret))
                    .isTrue();
            platform.publish(aiNotes().saying(body("at once")));
            strict.awaitDelivery("/strict", body("at once"));
        }
    }

    @Test
    void sendsNoSignatureWithoutASecret() {
        try {
            assertThat(platform.api().call("DELETE", "/v1/webhooks/signing-secret/", null).status())
                    .isEqualTo(204);
            platform.api().addWebhook("AINOTE", receiver.url("/"));
            platform.publish(aiNotes());
            var delivery = receiver.awaitDelivery();
            assertThat(delivery.headers().keySet())
                    .doesNotContainAnyElementsOf(List.of("X-Avoma-Signature", "webhook-signature"));
        } finally {
            secret = platform.api().rotateSecret();
        }
    }
}
