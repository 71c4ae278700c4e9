package com.avoma.webhooks.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.secret.Purpose;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the images are made of, as far as it runs without an engine.
class ImageTest {
    private static final String ALIVE = "/actuator/health/liveness";

    @Test
    void isHealthyWhileTheServiceIsAlive() throws Exception {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var status = new int[] {200};
        server.createContext(
                ALIVE,
                exchange -> {
                    exchange.sendResponseHeaders(status[0], -1);
                    exchange.close();
                });
        server.start();
        int port = server.getAddress().getPort();
        try {
            assertThat(check(port)).isZero();
            status[0] = 503;
            assertThat(check(port)).isEqualTo(1);
        } finally {
            server.stop(0);
        }
        assertThat(check(port)).isEqualTo(1);
    }

    @Test
    void makesAKeysetOnceThatTheServicesTake(@TempDir Path folder) throws Exception {
        var file = folder.resolve("keyset.json");
        assertThat(run(List.of("sh", "keyset.sh", file.toString()), 0)).isZero();
        var keyset = Files.readString(file);
        var organization = new UUID(1, 1);
        var cipher = SecretCipher.of(keyset);
        var sealed = cipher.seal("secret", organization, Purpose.SIGNING_SECRET);
        assertThat(cipher.open(sealed, organization, Purpose.SIGNING_SECRET)).isEqualTo("secret");
        assertThat(run(List.of("sh", "keyset.sh", file.toString()), 0)).isZero();
        assertThat(Files.readString(file)).isEqualTo(keyset);
    }

    @Test
    void doesNotRunAsRootAndPinsWhatItIsMadeFrom() throws IOException {
        var lines = Files.readAllLines(Path.of("Dockerfile"));
        assertThat(lines).contains("USER 10001:10001");
        assertThat(lines)
                .filteredOn(line -> line.startsWith("FROM "))
                .hasSize(2)
                .allMatch(line -> line.matches("FROM \\S+:\\d+\\.\\d+\\S*( AS \\w+)?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"config-service", "dispatcher-service", "delivery-service"})
    void startsWithOptionsThatTheJvmTakes(String service) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var options = "@" + Path.of("..", "..", service, "jvm.options");
        assertThat(run(List.of(java, options, "-version"), 0)).isZero();
        assertThat(Files.readString(Path.of("Dockerfile")))
                .contains("COPY ${SERVICE}/jvm.options /service/")
                // the cache holds for these options and no others
                .contains("java @jvm.options -XX:AOTCacheOutput=service.aot ")
                .contains(
                        "[\"java\", \"@jvm.options\", \"-XX:AOTCache=service.aot\", \"-jar\","
                                + " \"service.jar\"]");
    }

    private static int check(int port) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return run(List.of(java, "Health.java"), port);
    }

    private static int run(List<String> command, int port)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(port));
        var process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
