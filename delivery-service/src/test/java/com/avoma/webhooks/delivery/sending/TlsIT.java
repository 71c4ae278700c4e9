package com.avoma.webhooks.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.delivery.receiver.Authority;
import com.avoma.webhooks.delivery.receiver.Receiver;
import com.avoma.webhooks.delivery.receiver.Receiver.Answer;
import com.avoma.webhooks.delivery.sending.Outcome.Delivered;
import com.avoma.webhooks.delivery.sending.Outcome.Unreachable;
import com.avoma.webhooks.delivery.sending.tls.ClientIdentity;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the diagnosis says of TLS, each against a real server.
class TlsIT {
    private final List<AutoCloseable> open = new ArrayList<>();
    private Authority authority;
    private HttpSender sender;

    @BeforeEach
    void start() throws Exception {
        authority = new Authority();
        sender = keep(Senders.trusting(authority, Duration.ofSeconds(10)));
    }

    @AfterEach
    void stop() throws Exception {
        for (var one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void saysWhenACertificateExpired() throws Exception {
        var expired = authority.expired();

        assertTls(expired, "expired on " + expired.getCertificate().getNotAfter().toInstant());
    }

    @Test
    void saysWhenACertificateBecomesValid() throws Exception {
        var early = authority.notYetValid();

        assertTls(early, "not valid before " + early.getCertificate().getNotBefore().toInstant());
    }

    @Test
    void saysWhichHostsACertificateNames() throws Exception {
        assertTls(authority.forHost("hooks.example.com"), "it names hooks.example.com");
    }

    @Test
    void saysWhatIsSelfSigned() throws Exception {
        assertTls(authority.selfSigned(), "self-signed");
    }

    @Test
    void saysWhereAChainEnds() throws Exception {
        assertTls(
                new Authority().withItsRoot(),
                "its chain ends in CN=Test authority, which is not trusted");
    }

    @Test
    void saysWhereAChainIsIncomplete() throws Exception {
        assertTls(
                authority.withoutItsIssuer(),
                "incomplete, or CN=Intermediate authority is not trusted");
    }

    @Test
    void saysWhereAPortDoesNotSpeakTls() throws Exception {
        try (var plain = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Thread.ofVirtual()
                    .start(() -> {
                        try (var first = plain.accept()) {
                            first.getOutputStream()
                                    .write(
                                            "HTTP/1.1 400 Bad Request\r\n\r\n"
                                                    .getBytes(StandardCharsets.US_ASCII));
                            first.getInputStream().readAllBytes();
                        } catch (java.io.IOException _) {
                            // the other side went away
                        }
                    });

            assertFailure(
                    post("https://localhost:" + plain.getLocalPort() + "/", null),
                    "does not speak TLS");
        }
    }

    @Test
    void saysWhereTheReceiverAsksForAClientCertificate() throws Exception {
        var strict = keep(Receiver.start(authority.forLocalhost(), authority.trust()));

        assertFailure(post(strict.url("localhost"), null), "asks for a client certificate");
        assertThat(strict.pending()).isZero();
    }

    @Test
    void showsTheWebhooksOwnClientCertificate() throws Exception {
        var strict = keep(Receiver.start(authority.forLocalhost(), authority.trust()));
        var client = authority.forClient();
        var identity =
                new ClientIdentity(client.getCertificatePathPEM(), client.getPrivateKeyPEM());

        assertThat(post(strict.url("localhost"), identity).outcome()).isEqualTo(new Delivered(200));
        // the connection that was opened with it is nobody else's
        assertFailure(post(strict.url("localhost"), null), "asks for a client certificate");
    }

    @Test
    void saysWhereAClientCertificateIsNotUsable() throws Exception {
        var receiver = keep(Receiver.start(authority.forLocalhost()));

        assertFailure(
                post(receiver.url("localhost"), new ClientIdentity("nonsense", "nonsense")),
                "client certificate and key are not usable");
    }

    @Test
    void resumesSessionsOfTheSameHostAndPort() throws Exception {
        var sessions = new LinkedBlockingQueue<Long>();
        Answer tells =
                (socket, out) -> {
                    sessions.add(socket.getSession().getCreationTime());
                    Answer.status(200, "Connection: close").play(socket, out);
                    return false;
                };
        var receiver = keep(Receiver.start(authority.forLocalhost())).answers(tells, tells, tells);

        var first = post(receiver.url("localhost"), null);
        var began = sessions.poll(5, TimeUnit.SECONDS);
        // two sessions of one millisecond would look like one
        while (System.currentTimeMillis() <= began) {
            Thread.onSpinWait();
        }
        var second = post(receiver.url("localhost"), null);

        assertThat(first.outcome()).isEqualTo(new Delivered(200));
        assertThat(second.outcome()).isEqualTo(new Delivered(200));
        assertThat(receiver.connections()).isEqualTo(2);
        assertThat(sessions.poll(5, TimeUnit.SECONDS)).isEqualTo(began);
        assertThat(first.certificateExpiresAt()).isNotNull();
    }

    @Test
    void saysNothingOfACertificateWhereTheConnectionWasKept() throws Exception {
        var bundle = authority.forLocalhost();
        var receiver = keep(Receiver.start(bundle));

        assertThat(post(receiver.url("localhost"), null).certificateExpiresAt())
                .isEqualTo(bundle.getCertificate().getNotAfter().toInstant());
        assertThat(post(receiver.url("localhost"), null).certificateExpiresAt()).isNull();
    }

    private Attempt post(String url, ClientIdentity identity) throws Exception {
        return sender.post(
                        Request.of(
                                        url,
                                        sender.userAgent(),
                                        List.of(),
                                        List.of(),
                                        Payload.of("{\"event_type\":\"AINOTE\"}"))
                                .by(identity))
                .get(30, TimeUnit.SECONDS);
    }

    private void assertTls(X509Bundle certificate, String detail) throws Exception {
        var receiver = keep(Receiver.start(certificate));
        assertFailure(post(receiver.url("localhost"), null), detail);
        assertThat(receiver.pending()).isZero();
    }

    private static void assertFailure(Attempt attempt, String detail) {
        assertThat(attempt.outcome())
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        it -> {
                            assertThat(it.detail()).contains(detail);
                            assertThat(it.failure()).isEqualTo(Failure.TLS);
                        });
    }

    private <T extends AutoCloseable> T keep(T one) {
        open.add(one);
        return one;
    }
}
