package com.avoma.webhooks.systemtests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.awaitility.Awaitility;

/// A receiver as an organization would run it, over real TLS. Keeps what it got and answers as it
/// is told, with 200 when nothing else is left to say.
final class Receiver implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int OK = 200;

    private final HttpsServer server;
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Function<Delivery, Answer> otherwise = _ -> Answer.of(OK);

    /// What is said to a request.
    ///
    /// @param headers by name
    record Answer(int status, Map<String, String> headers) {
        static Answer of(int status) {
            return new Answer(status, Map.of());
        }

        Answer with(String header, String value) {
            return new Answer(status, Map.of(header, value));
        }
    }

    private Receiver(HttpsServer server) {
        this.server = server;
    }

    static Receiver start(Path certificate, Path key) {
        return start(new HttpsConfigurator(PemTls.serverContext(certificate, key)));
    }

    /// A receiver that lets nobody in who does not show the certificate.
    static Receiver demanding(Certificate client, Path certificate, Path key) {
        return start(
                new HttpsConfigurator(PemTls.serverContext(certificate, key, client)) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        var demand = getSSLContext().getDefaultSSLParameters();
                        demand.setNeedClientAuth(true);
                        parameters.setSSLParameters(demand);
                    }
                });
    }

    private static Receiver start(HttpsConfigurator tls) {
        try {
            var server =
                    HttpsServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(tls);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            var receiver = new Receiver(server);
            server.createContext("/", receiver::receive);
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The statuses of the next answers, one each.
    Receiver answers(Integer... statuses) {
        answers.addAll(List.of(statuses));
        return this;
    }

    /// What it says once those are used up; 200 where nobody says otherwise.
    Receiver otherwise(Function<Delivery, Answer> answer) {
        otherwise = answer;
        return this;
    }

    /// Takes requests from now on and answers none of them.
    Receiver hangs() {
        return otherwise(_ -> {
            try {
                closed.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return Answer.of(OK);
        });
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// An address of this receiver.
    String url(String path) {
        return "https://localhost:" + port() + path;
    }

    /// Everything that came, in order.
    List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    /// The `webhook-id` of what was answered with 2xx.
    Set<String> accepted() {
        return Set.copyOf(accepted);
    }

    /// The first delivery, waiting for it.
    Delivery awaitDelivery() {
        return awaitDeliveries(1).getFirst();
    }

    /// The first so many deliveries, waiting for them.
    List<Delivery> awaitDeliveries(int count) {
        Awaitility.await(count + " deliveries")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> deliveries.size() >= count);
        return deliveries().subList(0, count);
    }

    /// A delivery of that body at that path, waiting for it.
    Delivery awaitDelivery(String path, String body) {
        return Awaitility.await(body + " at " + path)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () ->
                                deliveries.stream()
                                        .filter(d -> d.path().equals(path) && d.text().equals(body))
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(exchange.getRequestHeaders());
            var body = exchange.getRequestBody().readAllBytes();
            var status = answers.poll();
            var delivery =
                    new Delivery(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getPath(),
                            headers,
                            body,
                            Instant.now());
            deliveries.add(delivery);
            var answer = status == null ? otherwise.apply(delivery) : Answer.of(status);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            if (answer.status() / 100 == 2) {
                accepted.add(delivery.header("webhook-id"));
            }
            exchange.sendResponseHeaders(answer.status(), -1);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
