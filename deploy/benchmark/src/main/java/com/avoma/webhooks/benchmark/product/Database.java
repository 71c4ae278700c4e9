package com.avoma.webhooks.benchmark.product;

import com.avoma.webhooks.embedded.EmbeddedDatabase;
import java.nio.file.Path;
import java.util.List;

/// A real PostgreSQL, which is a process of its own and ends with this object.
final class Database implements AutoCloseable {
    private final EmbeddedDatabase server;
    private final Thread atExit;

    Database(Path data) {
        this.server = EmbeddedDatabase.start(data, 0);
        // an interrupted benchmark leaves nothing behind
        this.atExit = Thread.ofPlatform().unstarted(server::close);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /// The arguments of config-service.
    List<String> arguments() {
        var role = EmbeddedDatabase.SERVICE_ROLE;
        var address = "postgresql://%s:%d/%s".formatted(server.host(), server.port(), role);
        return List.of(
                "--spring.r2dbc.url=r2dbc:" + address,
                "--spring.r2dbc.username=" + role,
                "--spring.r2dbc.password=" + role,
                "--spring.flyway.url=jdbc:" + address);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException _) {
            // the hooks run already
        }
        server.close();
    }
}
