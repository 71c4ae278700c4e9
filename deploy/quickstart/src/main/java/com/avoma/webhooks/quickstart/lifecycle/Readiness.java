package com.avoma.webhooks.quickstart.lifecycle;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/// Asks a part whether it is ready: `http://…` has to answer 200, `kafka://host:port` to know its
/// broker, `jdbc:…` to answer a query.
public final class Readiness implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    /// Answers within about two seconds.
    public boolean isReady(URI address) throws InterruptedException {
        return switch (address.getScheme()) {
            case "http" -> answersOk(address);
            case "kafka" -> hasBroker(address);
            case "jdbc" -> answersQuery(address);
            default ->
                    throw new IllegalArgumentException(
                            "address: " + address + " (expected: http, kafka or jdbc)");
        };
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private boolean answersOk(URI address) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean hasBroker(URI address) throws InterruptedException {
        if (!accepts(address)) {
            return false; // without this the admin client would log a line for every attempt
        }
        int patience = (int) PATIENCE.toMillis();
        Map<String, Object> settings =
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        address.getHost() + ":" + address.getPort(),
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        patience,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        patience);
        try (var admin = Admin.create(settings)) {
            return !admin.describeCluster()
                    .nodes()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private static boolean accepts(URI address) {
        try (var socket = new Socket()) {
            var host = InetAddress.getByName(address.getHost());
            socket.connect(
                    new InetSocketAddress(host, address.getPort()), (int) PATIENCE.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean answersQuery(URI address) {
        try (var connection = DriverManager.getConnection(address.toString())) {
            return connection.isValid((int) PATIENCE.toSeconds());
        } catch (SQLException e) {
            return false;
        }
    }
}
