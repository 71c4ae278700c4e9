package com.avoma.webhooks.testing;

import com.avoma.webhooks.embedded.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// An empty database of a test's own, on the one real PostgreSQL of this JVM, which its first use
/// starts.
///
/// @param host always loopback, or the engine's
/// @param username owner of the database
public record TestDatabase(String host, int port, String name, String username, String password) {
    /// The version of the embedded binaries.
    static final String IMAGE = "postgres:18.4";

    private static final String OWNER = EmbeddedDatabase.SERVICE_ROLE;
    private static final AtomicInteger next = new AtomicInteger();

    /// A new empty database with each call.
    ///
    /// @throws IllegalStateException if the server refuses to create it
    public static TestDatabase fresh() {
        return Started.SERVER.create("test_" + next.incrementAndGet());
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s?user=%s&password=%s"
                .formatted(host, port, name, username, password);
    }

    /// Without user and password, which R2DBC takes as properties of their own
    /// (`spring.r2dbc.username`, …).
    public String r2dbcUrl() {
        return "r2dbc:postgresql://%s:%d/%s".formatted(host, port, name);
    }

    /// @param superuserUrl may create databases for [#OWNER]
    record Server(String host, int port, String superuserUrl) {
        TestDatabase create(String name) {
            try (Connection connection = DriverManager.getConnection(superuserUrl);
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + name + " owner " + OWNER);
            } catch (SQLException e) {
                throw new IllegalStateException(
                        "no test database " + name + ": " + e.getMessage(), e);
            }
            return new TestDatabase(host, port, name, OWNER, EmbeddedDatabase.SERVICE_ROLE);
        }
    }

    /// Starts a server of the given kind that ends with the JVM.
    static Server start(TestParts parts) {
        return switch (parts) {
            case EMBEDDED -> {
                EmbeddedDatabase database =
                        EmbeddedDatabase.start(TestDirectory.of(TestDirectory.DATABASE), 0);
                AtExit.close(database);
                yield new Server(database.host(), database.port(), database.superuserUrl());
            }
            case CONTAINERS -> {
                PostgreSQLContainer container =
                        new PostgreSQLContainer(IMAGE)
                                .withUsername(OWNER)
                                .withPassword(OWNER)
                                .withDatabaseName(OWNER);
                container.start();
                AtExit.close(container);
                String url =
                        "%s&user=%s&password=%s".formatted(container.getJdbcUrl(), OWNER, OWNER);
                int port = container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT);
                yield new Server(container.getHost(), port, url);
            }
        };
    }

    private static final class Started {
        static final Server SERVER = start(TestParts.chosen());
    }
}
