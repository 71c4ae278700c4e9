package com.avoma.webhooks.dispatcher;

import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.embedded.EmbeddedBroker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;

/// Ready is who can bring its tables up to date. On a broker of its own, which goes away.
class ReadinessIT {
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void isReadyWhileItsTablesCanBeBroughtUpToDate(@TempDir Path data) {
        var broker = EmbeddedBroker.start(data, 0);
        var address = broker.bootstrapServers();
        var service =
                new SpringApplication(DispatcherApplication.class)
                        .run(
                                "--spring.kafka.bootstrap-servers=" + address,
                                "--webhooks.topics.partitions=2",
                                "--management.server.port=0");
        try (service) {
            var port = service.getEnvironment().getProperty("local.management.port");
            var readiness = "http://127.0.0.1:" + port + "/actuator/health/readiness";
            awaitStatus(readiness, 200);
            broker.close();
            awaitStatus(readiness, 503);
            awaitStatus(readiness.replace("readiness", "liveness"), 200);
            broker = EmbeddedBroker.start(data, Integer.parseInt(address.split(":")[1]));
            awaitStatus(readiness, 200);
        } finally {
            broker.close();
        }
    }

    private void awaitStatus(String address, int status) {
        await(status + " from " + address)
                .atMost(Duration.ofSeconds(60))
                .until(() -> get(address) == status);
    }

    private int get(String address) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address)).build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
