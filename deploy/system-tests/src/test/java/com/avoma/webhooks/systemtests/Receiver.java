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
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;

/// A receiver as an organization would run it, over real TLS. Keeps what it got and answers as it
/// is told, with 200 when nothing else is left to say.
final class Receiver implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int OK = 200;

    private final HttpsServer server;
    private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();

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

    /// An address of this receiver.
    String url(String path) {
        return "https://localhost:" + server.getAddress().getPort() + path;
    }

    /// Everything that came, in order.
    List<Delivery> deliveries() {
        return List.copyOf(deliveries);
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
            deliveries.add(
                    new Delivery(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI().getPath(),
                            headers,
                            body,
                            Instant.now()));
            exchange.sendResponseHeaders(status == null ? OK : status, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
