package com.avoma.webhooks.quickstart.receiver;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.json.MalformedRecordException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Receives webhooks over HTTPS on the loopback interface: answers 200 to what is genuine, 401 to
/// what is not.
public final class SampleReceiver implements AutoCloseable {
    private static final int LARGEST_BODY = 1 << 20;

    private final List<HttpsServer> servers = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final SignatureVerifier verifier;
    private final Consumer<Receipt> receipts;
    private final Clock clock;

    /// What the body is read for.
    record Body(@Nullable String eventType, @Nullable String subject) {}

    private SampleReceiver(SignatureVerifier verifier, Consumer<Receipt> receipts, Clock clock) {
        this.verifier = verifier;
        this.receipts = receipts;
        this.clock = clock;
    }

    /// Starts to receive on 127.0.0.1, and on ::1 where this machine has it: `localhost` may be
    /// both.
    ///
    /// @param receipts is told of every request, on the request's thread, before it is answered
    /// @throws IOException where the port is taken
    public static SampleReceiver start(
            int port,
            SSLContext tls,
            SignatureVerifier verifier,
            Consumer<Receipt> receipts,
            Clock clock)
            throws IOException {
        var receiver = new SampleReceiver(verifier, receipts, clock);
        receiver.listen("127.0.0.1", port, tls);
        try {
            receiver.listen("::1", port, tls);
        } catch (IOException e) {
            // no IPv6 on this machine: then localhost is 127.0.0.1 alone
        }
        return receiver;
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
        threads.shutdownNow();
    }

    private void listen(String address, int port, SSLContext tls) throws IOException {
        var server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getByName(address), port), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
        servers.add(server);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")) {
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY);
            var receipt = receipt(exchange, body);
            // answered first: with --once the last receipt ends everything
            exchange.sendResponseHeaders(receipt.isGenuine() ? 200 : 401, -1);
            receipts.accept(receipt);
        }
    }

    private Receipt receipt(HttpExchange exchange, byte[] body) {
        var now = clock.instant();
        var headers = exchange.getRequestHeaders();
        var id = headers.getFirst("webhook-id");
        var content = read(body);
        return new Receipt(
                now,
                exchange.getRequestURI().getPath(),
                orEmpty(id),
                orEmpty(content.eventType()),
                orEmpty(content.subject()),
                verifier.verifiesAvoma(headers.getFirst("X-Avoma-Signature"), body),
                verifier.verifiesStandard(
                        id,
                        headers.getFirst("webhook-timestamp"),
                        headers.getFirst("webhook-signature"),
                        body,
                        now));
    }

    private static Body read(byte[] body) {
        try {
            return Json.read(body, Body.class);
        } catch (MalformedRecordException e) {
            return new Body(null, null); // not ours, and the signatures say so
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
