package com.avoma.webhooks.delivery.sending;

import static com.avoma.webhooks.delivery.sending.Failures.assertFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.delivery.receiver.Authority;
import com.avoma.webhooks.delivery.receiver.NameServer;
import com.avoma.webhooks.delivery.receiver.Receiver;
import com.avoma.webhooks.delivery.receiver.Receiver.Answer;
import com.avoma.webhooks.delivery.sending.Outcome.Delivered;
import com.avoma.webhooks.delivery.sending.Outcome.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A receiver falls silent, or breaks the connection, in each phase of an attempt: the attempt ends
/// with what is true of that phase, within its deadline, the connection is closed, and the same
/// loops go on sending to others.
class EachPhaseIT {
    private static final Duration LIMIT = Duration.ofMillis(1500);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Payload BODY = Payload.of("{\"event_type\":\"AINOTE\"}");
    private static final Payload LARGE = Payload.of("{\"a\":\"" + "x".repeat(20_000_000) + "\"}");

    private final List<AutoCloseable> open = new ArrayList<>();
    private final CountDownLatch closedByTheSender = new CountDownLatch(1);
    private Authority authority;
    private HttpSender sender;

    @BeforeEach
    void start() throws Exception {
        authority = new Authority();
        sender = keep(Senders.trusting(authority, LIMIT));
    }

    @AfterEach
    void stop() throws Exception {
        try {
            var other = keep(Receiver.start(authority.forLocalhost()));
            assertThat(post(other.url("localhost"), BODY).outcome()).isEqualTo(new Delivered(200));
        } finally {
            for (var one : open.reversed()) {
                one.close();
            }
        }
    }

    @Test
    void lookUpHangs() throws Exception {
        var names = keep(new NameServer());
        var asking = keep(Senders.with(authority, LIMIT, names.resolvers(), null));

        var attempt = post(asking, "https://hooks.example.test/", BODY);

        assertTimeout(attempt, "the look-up of the host name");
        assertThat(names.asked()).isPositive();
    }

    @Test
    void lookUpFails() throws Exception {
        var names = keep(new NameServer()).fails().fails().fails();
        var asking = keep(Senders.with(authority, LIMIT, names.resolvers(), null));

        assertFailure(
                post(asking, "https://hooks.example.test/", BODY),
                Failure.DNS,
                "could not be resolved");
    }

    @Test
    void connectHangs() throws Exception {
        var full = keep(fullServer());

        assertTimeout(post(at(full), BODY), "the connection");
    }

    @Test
    void connectIsRefused() throws Exception {
        var gone = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        gone.close();

        assertFailure(post(at(gone), BODY), Failure.CONNECT, "refused");
    }

    @Test
    void handshakeHangs() throws Exception {
        var silent = plain(socket -> readToTheEnd(socket.getInputStream()));

        assertTimeout(post(at(silent), BODY), "the TLS handshake");
        assertClosed();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 100})
    void handshakeIsReset(int after) throws Exception {
        var rude =
                plain(socket -> {
                    socket.getInputStream().readNBytes(after);
                    socket.setSoLinger(true, 0);
                });

        assertFailure(post(at(rude), BODY), Failure.TLS, "TLS handshake");
    }

    @Test
    void writingHangs() throws Exception {
        var receiver = keep(Receiver.ofHeads(authority.forLocalhost()));
        receiver.answers(Answer.untilClosed());

        assertTimeout(post(receiver.url("localhost"), LARGE), "the status line and headers");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100_000})
    void writingIsReset(int after) throws Exception {
        var receiver = keep(Receiver.ofHeads(authority.forLocalhost()));
        receiver.answers((socket, out) -> {
            socket.getInputStream().readNBytes(after);
            return Answer.reset().play(socket, out);
        });

        assertFailure(
                post(receiver.url("localhost"), LARGE),
                Failure.RESET,
                "closed the connection before it answered");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "H",
                "HTTP/1.1 20",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r",
                "HTTP/1.1 103 Early Hints\r\n\r\n"
            })
    void answersHeadHangsOrIsReset(String head) throws Exception {
        var receiver = keep(Receiver.start(authority.forLocalhost()));
        receiver.answers(then(head, this::hang), then(head, Answer.reset()));

        assertTimeout(post(receiver.url("localhost"), BODY), "the status line and headers");
        assertClosed();
        assertFailure(
                post(receiver.url("localhost"), BODY),
                Failure.RESET,
                "closed the connection before it answered");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 100\r\n\r\n",
                "Content-Length: 100\r\n\r\nhalf",
                "Transfer-Encoding: chunked\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n4",
                "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf",
                "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n0\r\nTrai",
                "\r\nhalf"
            })
    void answersBodyHangsOrIsReset(String rest) throws Exception {
        var receiver = keep(Receiver.start(authority.forLocalhost()));
        for (var status : List.of("200", "503")) {
            var head = "HTTP/1.1 " + status + " S\r\n" + rest;
            receiver.answers(then(head, this::hang), then(head, Answer.reset()));
        }

        for (var expected :
                List.of(
                        new Delivered(200),
                        new Delivered(200),
                        new Refused(503, null),
                        new Refused(503, null))) {
            var attempt = post(receiver.url("localhost"), BODY);

            assertThat(attempt.outcome()).isEqualTo(expected);
            assertThat(String.valueOf(attempt.excerpt())).isIn("half", "null");
        }
        assertThat(receiver.connections()).isEqualTo(4);
        assertClosed();
    }

    private static Answer then(String bytes, Answer next) {
        return (socket, out) -> {
            out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return next.play(socket, out);
        };
    }

    private boolean hang(SSLSocket socket, OutputStream out) throws IOException {
        readToTheEnd(socket.getInputStream());
        return false;
    }

    /// Until the sender closes.
    private void readToTheEnd(InputStream in) throws IOException {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } finally {
            closedByTheSender.countDown();
        }
    }

    private void assertClosed() throws InterruptedException {
        assertThat(closedByTheSender.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    /// What a server without TLS does with the first connection.
    private interface Deed {
        void with(Socket socket) throws IOException;
    }

    private ServerSocket plain(Deed deed) throws IOException {
        var server = keep(new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1")));
        Thread.ofVirtual()
                .start(() -> {
                    try (var first = server.accept()) {
                        deed.with(first);
                    } catch (IOException _) {
                        // the sender went away, or the test is over
                    }
                });
        return server;
    }

    /// One that accepts nothing, and has as many connections waiting as it takes.
    private ServerSocket fullServer() throws IOException {
        var server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        await().atMost(SOON)
                .until(() -> {
                    var socket = keep(new Socket());
                    try {
                        socket.connect(server.getLocalSocketAddress(), 500);
                        return false;
                    } catch (SocketTimeoutException _) {
                        return true;
                    }
                });
        return server;
    }

    private static String at(ServerSocket server) {
        return "https://127.0.0.1:" + server.getLocalPort() + "/";
    }

    private Attempt post(String url, Payload body) throws Exception {
        return post(sender, url, body);
    }

    private static Attempt post(HttpSender by, String url, Payload body) throws Exception {
        var attempt =
                by.post(Request.of(url, by.userAgent(), List.of(), List.of(), body))
                        .get(SOON.toSeconds(), TimeUnit.SECONDS);
        // the deadline holds even where other builds take the processor for a while
        assertThat(attempt.took()).isLessThan(LIMIT.plusSeconds(5));
        return attempt;
    }

    private static void assertTimeout(Attempt attempt, String phase) {
        assertFailure(attempt, Failure.TIMEOUT, "waiting for " + phase);
        assertThat(attempt.took()).isGreaterThan(LIMIT.minusMillis(50));
    }

    private <T extends AutoCloseable> T keep(T one) {
        open.add(one);
        return one;
    }
}
