package com.avoma.webhooks.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.egress.AddressPolicy;
import com.avoma.webhooks.common.egress.Network;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.delivery.receiver.Authority;
import com.avoma.webhooks.delivery.receiver.Receiver;
import com.avoma.webhooks.delivery.receiver.Receiver.Answer;
import com.avoma.webhooks.delivery.sending.Outcome.Delivered;
import com.avoma.webhooks.delivery.sending.Outcome.Refused;
import com.avoma.webhooks.delivery.sending.Outcome.Unreachable;
import com.avoma.webhooks.delivery.sending.Request.Header;
import com.avoma.webhooks.delivery.sending.connection.Connector;
import com.avoma.webhooks.delivery.sending.connection.Transport;
import com.avoma.webhooks.delivery.sending.egress.AddressGuard;
import com.avoma.webhooks.delivery.sending.tls.TlsClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSenderIT {
    private static final Payload BODY =
            Payload.of("{\"event_type\":\"AINOTE\",\"subject\":\"Grüße 🎉\"}");
    private static final AddressPolicy LOOPBACK =
            new AddressPolicy(List.of(Network.of("127.0.0.0/8"), Network.of("::1/128")), List.of());

    private final List<AutoCloseable> open = new ArrayList<>();
    private Authority authority;
    private Receiver receiver;
    private HttpSender sender;

    @BeforeEach
    void start() throws Exception {
        authority = new Authority();
        receiver = keep(Receiver.start(authority.forLocalhost()));
        sender = sender(LOOPBACK, "127.0.0.1");
    }

    @AfterEach
    void stop() throws Exception {
        for (var one : open.reversed()) {
            one.close();
        }
    }

    @Test
    void putsPreciselyTheContractOnTheWire() throws Exception {
        var request =
                Request.of(
                        receiver.url("localhost"),
                        sender.userAgent(),
                        List.of(
                                new Header("X-Avoma-Signature", "abc"),
                                new Header("webhook-id", "msg_1")),
                        List.of(
                                new Header("x-Custom-KEY", "v1"),
                                new Header("Authorization", "Bearer t"),
                                new Header("content-type", "text/evil"),
                                new Header("X-Avoma-Timestamp", "1"),
                                new Header("Webhook-Id", "other"),
                                new Header("HOST", "elsewhere")),
                        BODY);

        var attempt = post(request);

        assertThat(attempt.outcome()).isEqualTo(new Delivered(200));
        assertThat(attempt.excerpt()).isEqualTo("ok");
        assertThat(attempt.timings().dnsMs()).isNotNull();
        assertThat(attempt.timings().tlsMs()).isNotNull();
        var got = receiver.await(Duration.ofSeconds(5));
        assertThat(got.head())
                .isEqualTo(
                        "POST /hook?a=1 HTTP/1.1\r\n"
                                + "Host: localhost:"
                                + receiver.port()
                                + "\r\n"
                                + "Content-Type: application/json\r\n"
                                + "User-Agent: Avoma-Webhooks/test\r\n"
                                + "X-Avoma-Signature: abc\r\n"
                                + "webhook-id: msg_1\r\n"
                                + "x-Custom-KEY: v1\r\n"
                                + "Authorization: Bearer t\r\n"
                                + "Content-Length: "
                                + BODY.size()
                                + "\r\n"
                                + "\r\n");
        assertThat(got.body()).isEqualTo(BODY.bytes());
    }

    @Test
    void letsAWebhookReplaceTheUserAgent() throws Exception {
        post(
                Request.of(
                        receiver.url("localhost"),
                        sender.userAgent(),
                        List.of(),
                        List.of(new Header("user-agent", "mine")),
                        BODY));

        assertThat(receiver.await(Duration.ofSeconds(5)).head())
                .contains("user-agent: mine\r\n")
                .doesNotContain("Avoma-Webhooks");
    }

    @Test
    void keepsTheConnectionForTheNextRequest() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(post().outcome()).isEqualTo(new Delivered(200));
        }

        assertThat(receiver.connections()).isEqualTo(1);
    }

    @Test
    void sendsOnceMoreWhereAKeptConnectionTurnsOutToBeClosed() throws Exception {
        receiver.answers(Answer.status(200), Answer.reset(), Answer.status(204));

        assertThat(post().outcome()).isEqualTo(new Delivered(200));
        assertThat(post().outcome()).isEqualTo(new Delivered(204));
        assertThat(receiver.connections()).isEqualTo(2);
    }

    /// Part of an answer says that the request was worked on.
    @ParameterizedTest
    @ValueSource(strings = {"H", "HTTP/1.1 500 E\r\nConte", "HTTP/1.1 103 E\r\n\r\n"})
    void sendsOnlyOnceWhereAnAnswerHadBegun(String begun) throws Exception {
        receiver.answers(Answer.status(200), Answer.raw(begun, false));

        post();
        assertFailure(post(), Failure.RESET);
        assertThat(receiver.pending()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 400, 404, 410, 429, 500, 503})
    void refusedIsEveryOtherStatusAndRedirectsAreNotFollowed(int status) throws Exception {
        receiver.answers(
                Answer.status(status, "Location: " + receiver.url("localhost"), "Retry-After: 7"));

        assertThat(post().outcome()).isEqualTo(new Refused(status, Duration.ofSeconds(7)));
        receiver.await(Duration.ofSeconds(1));
        assertThat(receiver.pending()).isZero();
    }

    @Test
    void skipsInformationalAnswers() throws Exception {
        receiver.answers(
                Answer.raw(
                        "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                                + "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
                        true));

        assertThat(post().outcome()).isEqualTo(new Delivered(200));
    }

    @Test
    void timesOutAndSaysWhatItWaitedFor() throws Exception {
        receiver.answers(Answer.hang());

        var attempt = post();

        assertThat(attempt.outcome())
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        it -> {
                            assertThat(it.failure()).isEqualTo(Failure.TIMEOUT);
                            assertThat(it.detail()).contains("the status line and headers");
                        });
        assertThat(attempt.took()).isBetween(Duration.ofMillis(1900), Duration.ofSeconds(4));
    }

    @Test
    void isDeliveredWhateverBecomesOfTheBody() throws Exception {
        receiver.answers(
                (socket, out) -> {
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".getBytes());
                    out.flush();
                    socket.setSoLinger(true, 0);
                    return false;
                },
                (socket, out) -> {
                    out.write("HTTP/1.1 201 OK\r\nContent-Length: 100\r\n\r\ndrip".getBytes());
                    out.flush();
                    return Answer.hang().play(socket, out);
                });

        assertThat(post().outcome()).isEqualTo(new Delivered(200));
        var dripped = post();
        assertThat(dripped.outcome()).isEqualTo(new Delivered(201));
        assertThat(dripped.excerpt()).isEqualTo("drip");
    }

    @Test
    void readsABoundedPartOfAHugeBody() throws Exception {
        long size = 100L * 1024 * 1024;
        var written = new java.util.concurrent.atomic.AtomicLong();
        receiver.answers((_, out) -> {
            out.write(("HTTP/1.1 500 E\r\nContent-Length: " + size + "\r\n\r\n").getBytes());
            var block = "x".repeat(64 * 1024).getBytes();
            for (long sent = 0; sent < size; sent += block.length) {
                out.write(block);
                written.addAndGet(block.length);
            }
            return false;
        });

        var attempt = post();

        assertThat(attempt.outcome()).isEqualTo(new Refused(500, null));
        assertThat(attempt.excerpt()).isEqualTo("x".repeat(1024));
        assertThat(written.get()).isLessThan(size / 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/1.1 abc OK\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"
            })
    void whatIsNotHttpIsAProtocolFailure(String answer) throws Exception {
        receiver.answers(Answer.raw(answer, false));

        assertFailure(post(), Failure.PROTOCOL);
    }

    @Test
    void endlessHeadersAreAProtocolFailure() throws Exception {
        receiver.answers((_, out) -> {
            out.write("HTTP/1.1 200 OK\r\n".getBytes());
            for (int i = 0; i < 10_000; i++) {
                out.write(("X-" + i + ": " + "v".repeat(100) + "\r\n").getBytes());
            }
            return false;
        });

        assertFailure(post(), Failure.PROTOCOL);
    }

    @Test
    void doesNotUseAConnectionOnWhichBytesFollowTheAnswer() throws Exception {
        var answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        receiver.answers(
                Answer.raw(answer + "HTTP/1.1 500 E\r\nContent-Length: 0\r\n\r\n", true),
                Answer.raw(answer + "more", true),
                Answer.raw("HTTP/1.1 204 OK\r\n\r\nbody", true));

        for (int status : List.of(200, 200, 204, 200)) {
            assertThat(post().outcome()).isEqualTo(new Delivered(status));
        }
        assertThat(receiver.connections()).isEqualTo(4);
    }

    @Test
    void doesNotUseAConnectionWhoseRequestWasNotWrittenWhole() throws Exception {
        var large = Payload.of("{\"a\":\"" + "x".repeat(20_000_000) + "\"}");
        try (var impatient = Receiver.ofHeads(authority.forLocalhost())) {
            impatient.otherwise((socket, out) -> {
                Answer.raw("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n", true)
                        .play(socket, out);
                return Answer.untilClosed().play(socket, out);
            });
            for (int i = 0; i < 2; i++) {
                var attempt =
                        sender.post(
                                        Request.of(
                                                impatient.url("localhost"),
                                                sender.userAgent(),
                                                List.of(),
                                                List.of(),
                                                large))
                                .get(20, TimeUnit.SECONDS);
                assertThat(attempt.outcome()).isEqualTo(new Refused(413, null));
            }
            assertThat(impatient.connections()).isEqualTo(2);
        }
    }

    @Test
    void readsTheOtherShapesOfAnswers() throws Exception {
        receiver.answers(
                Answer.raw(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: x\r\n\r\n"
                                + "3\r\nabc\r\n0\r\nx: y\r\n\r\n",
                        true),
                Answer.raw("HTTP/1.1 304 N\r\nContent-Length: 5\r\n\r\n", true),
                Answer.raw("HTTP/1.0 200 OK\r\n\r\nuntil it closes", false));

        assertThat(post().excerpt()).isEqualTo("abc");
        assertThat(post().outcome()).isEqualTo(new Refused(304, null));
        assertThat(receiver.connections()).isEqualTo(1);
        var old = post();
        assertThat(old.outcome()).isEqualTo(new Delivered(200));
        assertThat(old.excerpt()).isEqualTo("until it closes");
        post();
        assertThat(receiver.connections()).isEqualTo(2);
    }

    @Test
    void informationalAnswersWithoutEndAreAProtocolFailure() throws Exception {
        receiver.answers(Answer.raw("HTTP/1.1 103 Hints\r\n\r\n".repeat(100), true));

        assertFailure(post(), Failure.PROTOCOL);
    }

    @Test
    void aResetBeforeTheAnswerIsReset() throws Exception {
        receiver.answers(Answer.reset());

        assertFailure(post(), Failure.RESET);
    }

    @Test
    void nobodyListeningIsAConnectFailure() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertFailure(post("https://127.0.0.1:" + port + "/"), Failure.CONNECT);
    }

    @Test
    void aResetInTheHandshakeIsATlsFailure() throws Exception {
        try (var plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> closeTheFirst(plain));

            assertFailure(post("https://127.0.0.1:" + plain.getLocalPort() + "/"), Failure.TLS);
        }
    }

    @Test
    void refusesTheCertificateOfAnotherHost() throws Exception {
        var other = keep(Receiver.start(authority.forHost("hooks.example.com")));

        assertTls(post(other.url("localhost")), "another host");
        assertThat(other.pending()).isZero();
    }

    @Test
    void refusesAnExpiredCertificate() throws Exception {
        var other = keep(Receiver.start(authority.expired()));

        assertTls(post(other.url("localhost")), "expired");
        assertThat(other.pending()).isZero();
    }

    @Test
    void refusesACertificateOfAnUnknownAuthority() throws Exception {
        var other = keep(Receiver.start(new Authority().forLocalhost()));

        assertTls(post(other.url("localhost")), "trusted authority");
        assertThat(other.pending()).isZero();
    }

    @Test
    void verifiesTheNameNotTheAddressItConnectsTo() throws Exception {
        var named = keep(Receiver.start(authority.forHost("hooks.example.com")));

        assertThat(post(named.url("hooks.example.com")).outcome()).isEqualTo(new Delivered(200));
    }

    @Test
    void neverConnectsToAnAddressThatIsNotPermitted() throws Exception {
        var guarded = sender(new AddressPolicy(List.of(), List.of()), "127.0.0.1");

        var byName =
                guarded.post(request(receiver.url("internal.example.com")))
                        .get(10, TimeUnit.SECONDS);
        var byAddress = guarded.post(request(receiver.url("127.0.0.1"))).get(10, TimeUnit.SECONDS);

        assertFailure(byName, Failure.BLOCKED_ADDRESS);
        assertThat(byName.outcome().sentence()).contains("127.0.0.1 is refused: loopback");
        assertFailure(byAddress, Failure.BLOCKED_ADDRESS);
        assertThat(receiver.connections()).isZero();
    }

    @Test
    void connectsToThePermittedOneOfSeveralAddresses() throws Exception {
        var mixed = sender(LOOPBACK, "10.0.0.1", "169.254.169.254", "127.0.0.1");

        assertThat(
                        mixed.post(request(receiver.url("localhost")))
                                .get(10, TimeUnit.SECONDS)
                                .outcome())
                .isEqualTo(new Delivered(200));
    }

    @Test
    void vetsEachAddressThatItMayGoOnTo() throws Exception {
        // nobody listens at the first one
        var only = new AddressPolicy(List.of(Network.of("127.0.0.2/32")), List.of());
        var mixed = sender(only, "127.0.0.2", "127.0.0.1");

        assertFailure(
                mixed.post(request(receiver.url("localhost"))).get(10, TimeUnit.SECONDS),
                Failure.CONNECT);
        assertThat(receiver.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::ffff:127.0.0.1]"})
    void refusesOtherSpellingsOfAddressesEvenWhereTheyAreAllowed(String host) throws Exception {
        assertFailure(post(receiver.url(host)), Failure.BLOCKED_ADDRESS);
        assertThat(receiver.connections()).isZero();
    }

    @Test
    void saysWhereANameDoesNotResolve() throws Exception {
        assertFailure(
                sender(LOOPBACK)
                        .post(request(receiver.url("no.example.com")))
                        .get(10, TimeUnit.SECONDS),
                Failure.DNS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost/",
                "https://user:pw@localhost/",
                "nonsense",
                "https://localhost:0/"
            })
    void sendsNothingToWhatIsNotAnHttpsUrl(String url) throws Exception {
        assertFailure(post(url), Failure.PROTOCOL);
    }

    private Attempt post() throws Exception {
        return post(receiver.url("localhost"));
    }

    private Attempt post(String url) throws Exception {
        return post(request(url));
    }

    private Attempt post(Request request) throws Exception {
        return sender.post(request).get(10, TimeUnit.SECONDS);
    }

    private Request request(String url) {
        return Request.of(url, sender.userAgent(), List.of(), List.of(), BODY);
    }

    private HttpSender sender(AddressPolicy policy, String... addresses) throws Exception {
        var transport = Transport.ofPlatform();
        var connector =
                new Connector(
                        new AddressGuard(new FixedResolvers(addresses), policy, null),
                        TlsClient.trusting(authority.trust()),
                        transport,
                        Duration.ofSeconds(1));
        return keep(
                new HttpSender(
                        transport.loops(),
                        connector,
                        new HttpSender.Limits(Duration.ofSeconds(2), 1024),
                        InstantSource.system(),
                        "Avoma-Webhooks/test"));
    }

    private <T extends AutoCloseable> T keep(T one) {
        open.add(one);
        return one;
    }

    private static void closeTheFirst(ServerSocket server) {
        try (var first = server.accept()) {
            var _ = first.getInputStream().read();
            first.setSoLinger(true, 0);
        } catch (IOException _) {
            // the test is over
        }
    }

    private static void assertFailure(Attempt attempt, Failure failure) {
        assertThat(attempt.outcome())
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        it -> assertThat(it.failure()).as(it.detail()).isEqualTo(failure));
    }

    private static void assertTls(Attempt attempt, String detail) {
        assertFailure(attempt, Failure.TLS);
        assertThat(attempt.outcome().sentence()).contains(detail);
    }
}
