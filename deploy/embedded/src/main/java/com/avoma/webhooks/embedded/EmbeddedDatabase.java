package com.avoma.webhooks.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// One real PostgreSQL on 127.0.0.1, durable: what was committed survives SIGKILL of the server and
/// of this JVM.
///
/// The server is a process of its own. It goes on when this JVM is killed, and the next start on
/// the same directory takes it over. Whoever holds this object may stop it, also after somebody
/// else restarted it meanwhile.
public final class EmbeddedDatabase implements AutoCloseable {
    /// The superuser; needs no password on loopback.
    public static final String SUPERUSER = "postgres";

    /// Name of the services' role, of its database, and its password: a loopback database has no
    /// secrets to keep.
    public static final String SERVICE_ROLE = "webhooks";

    private final PostgresCluster cluster;
    private final int port;

    private EmbeddedDatabase(PostgresCluster cluster, int port) {
        this.cluster = cluster;
        this.port = port;
    }

    /// Starts the server, or takes over the one that runs on this directory; returns once it
    /// answers.
    ///
    /// @param data directory of the database's own (programs, cluster, log), created where it is
    ///   missing
    /// @param port to listen on; 0 takes that of a running server, else any free one
    /// @throws StartFailedException if the port is taken or PostgreSQL refuses to start
    public static EmbeddedDatabase start(Path data, int port) {
        try {
            PostgresCluster cluster = PostgresCluster.in(data);
            Postmaster running = cluster.running().orElse(null);
            if (running != null && (port == 0 || port == running.port())) {
                return new EmbeddedDatabase(cluster, running.port()).withServiceRole();
            }
            cluster.stop();
            int listening = LoopbackPort.freeOr(port, "PostgreSQL");
            cluster.start(listening);
            return new EmbeddedDatabase(cluster, listening).withServiceRole();
        } catch (IOException | SQLException e) {
            throw new StartFailedException(
                    "PostgreSQL did not start with its data in "
                            + data.toAbsolutePath()
                            + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /// Stops the server of this directory, whoever started it; nothing happens where none runs or
    /// none ever did.
    ///
    /// @throws UncheckedIOException if it does not stop within 10 s
    public static void stop(Path data) {
        if (Files.isDirectory(data.resolve("cluster"))) {
            try {
                PostgresCluster.in(data).stop();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private EmbeddedDatabase withServiceRole() throws SQLException {
        try (Connection connection = DriverManager.getConnection(superuserUrl());
                Statement statement = connection.createStatement()) {
            if (isMissing(statement, "select 1 from pg_roles where rolname = 'webhooks'")) {
                statement.execute("create role webhooks login password 'webhooks'");
            }
            if (isMissing(statement, "select 1 from pg_database where datname = 'webhooks'")) {
                statement.execute("create database webhooks owner webhooks");
            }
        }
        return this;
    }

    private static boolean isMissing(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return !rows.next();
        }
    }

    public String host() {
        return LoopbackPort.HOST;
    }

    public int port() {
        return port;
    }

    /// The services' database as the services' role, password included.
    public String jdbcUrl() {
        return "jdbc:postgresql://%s:%d/%s?user=%s&password=%s"
                .formatted(LoopbackPort.HOST, port, SERVICE_ROLE, SERVICE_ROLE, SERVICE_ROLE);
    }

    /// The maintenance database as the superuser.
    public String superuserUrl() {
        return "jdbc:postgresql://%s:%d/postgres?user=%s"
                .formatted(LoopbackPort.HOST, port, SUPERUSER);
    }

    /// Of the server's first process (postmaster) as it runs now; a restart changes it.
    ///
    /// @throws IllegalStateException if no server runs on this directory
    public long pid() {
        try {
            return cluster.running()
                    .orElseThrow(() -> new IllegalStateException("PostgreSQL does not run"))
                    .pid();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Stops the server; open transactions are rolled back. Nothing happens where none runs.
    @Override
    public void close() {
        try {
            cluster.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
