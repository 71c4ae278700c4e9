package com.avoma.webhooks.delivery.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.common.signature.Signatures;
import com.avoma.webhooks.delivery.sending.Request.Header;
import com.avoma.webhooks.delivery.signing.Signer.Secret;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignerTest {
    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.900Z");
    private static final long SECONDS = NOW.getEpochSecond();
    private static final Payload BODY = Payload.of("{}");

    @Test
    void signsWithBothSchemes() {
        var headers = sign(new Secret("newest secret...", null));

        assertThat(headers)
                .containsExactly(
                        new Header(
                                "X-Avoma-Signature",
                                Signatures.avoma("newest secret...", BODY.bytes())),
                        new Header("webhook-id", "msg_1"),
                        new Header("webhook-timestamp", Long.toString(SECONDS)),
                        new Header(
                                "webhook-signature",
                                Signatures.standard(
                                        "newest secret...", "msg_1", SECONDS, BODY.bytes())));
    }

    @Test
    void hasOneEntryForEachSecretThatStillSignsNewestFirst() {
        var headers =
                sign(
                        new Secret("newest", null),
                        new Secret("older", NOW.plusMillis(1)),
                        new Secret("over", NOW));

        assertThat(headers.getFirst().value()).isEqualTo(Signatures.avoma("newest", BODY.bytes()));
        assertThat(headers.getLast().value())
                .isEqualTo(
                        Signatures.standard("newest", "msg_1", SECONDS, BODY.bytes())
                                + " "
                                + Signatures.standard("older", "msg_1", SECONDS, BODY.bytes()));
    }

    @Test
    void signsNothingWithoutASecret() {
        assertThat(sign())
                .extracting(Header::name)
                .containsExactly("webhook-id", "webhook-timestamp");
        assertThat(sign(new Secret("over", NOW.minusSeconds(1))))
                .extracting(Header::name)
                .containsExactly("webhook-id", "webhook-timestamp");
    }

    @Test
    void showsNoSecretAsText() {
        assertThat(new Secret("hush", null).toString()).doesNotContain("hush");
        assertThat(new Header("Authorization", "hush").toString()).doesNotContain("hush");
    }

    private static List<Header> sign(Secret... secrets) {
        return Signer.sign("msg_1", NOW, BODY, List.of(secrets));
    }
}
