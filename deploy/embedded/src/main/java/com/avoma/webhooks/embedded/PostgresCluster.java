package com.avoma.webhooks.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// A directory with a PostgreSQL cluster and the programs that run it. The server is started
/// detached, in a session of its own: it outlives this JVM, and a terminal's Ctrl-C does not reach
/// it.
final class PostgresCluster {
    private static final Duration INIT_LIMIT = Duration.ofSeconds(60);
    private static final Duration START_LIMIT = Duration.ofSeconds(40);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(200);

    /// Only loopback. The superuser needs no password there, everybody else does.
    private static final String ACCESS =
            """
            host all postgres 127.0.0.1/32 trust
            host all all 127.0.0.1/32 scram-sha-256
            """;

    private final Path home;
    private final Path cluster;
    private final PostgresBinaries binaries;

    private PostgresCluster(Path home, PostgresBinaries binaries) {
        this.home = home;
        this.cluster = home.resolve("cluster");
        this.binaries = binaries;
    }

    /// Unpacks the programs and creates the cluster where that was not done yet; starts nothing.
    static PostgresCluster in(Path data) throws IOException {
        Path home = Files.createDirectories(data.toAbsolutePath());
        UnfinishedDirectory.deleteAllIn(home);
        PostgresCluster cluster = new PostgresCluster(home, PostgresBinaries.unpackedBelow(home));
        cluster.initialize();
        return cluster;
    }

    /// Beside its place first: a directory that was being created when somebody pulled the plug is
    /// never used.
    private void initialize() throws IOException {
        if (Files.exists(cluster)) {
            return;
        }
        Path unfinished = UnfinishedDirectory.createIn(home);
        ServerCommand.Result result =
                run(
                        INIT_LIMIT,
                        "initdb",
                        "--pgdata=" + unfinished,
                        "--username=postgres",
                        "--auth=trust",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--set=listen_addresses=" + LoopbackPort.HOST,
                        "--set=unix_socket_directories=",
                        "--set=timezone=UTC",
                        "--set=log_timezone=UTC",
                        "--set=shared_buffers=64MB",
                        "--set=fsync=on",
                        "--set=synchronous_commit=on");
        if (!result.succeeded()) {
            throw new StartFailedException(
                    "PostgreSQL could not create its files in " + home + ": " + result.output());
        }
        Files.writeString(unfinished.resolve("pg_hba.conf"), ACCESS);
        Files.move(unfinished, cluster, StandardCopyOption.ATOMIC_MOVE);
    }

    Optional<Postmaster> running() throws IOException {
        return Postmaster.of(cluster);
    }

    /// Starts the server and returns once it answers, recovery after a crash included.
    void start(int port) throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        String refusal = attempt(port);
        // connections of a killed server end a moment after it, and hold its shared memory until
        // then
        while (refusal.contains("still in use") && System.nanoTime() < deadline) {
            LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
            refusal = attempt(port);
        }
        if (!refusal.isEmpty()) {
            throw new StartFailedException(
                    "PostgreSQL did not start on port %d with its data in %s: %s"
                            .formatted(port, cluster, refusal));
        }
    }

    /// Why the server did not start; empty where it did.
    private String attempt(int port) throws IOException {
        // otherwise it stays: by it PostgreSQL finds the last connections of a killed server
        if (Postmaster.leftMisleadingFile(cluster)) {
            Files.deleteIfExists(cluster.resolve(Postmaster.FILE));
        }
        Path log = home.resolve("server.log");
        long before = Files.exists(log) ? Files.size(log) : 0;
        ServerCommand.Result result =
                run(
                        START_LIMIT,
                        "pg_ctl",
                        "start",
                        "--wait",
                        "--timeout=30",
                        "--silent",
                        "--pgdata=" + cluster,
                        "--log=" + log,
                        "--options=-p " + port);
        return result.succeeded() ? "" : result.output() + " " + written(log, before);
    }

    private static String written(Path log, long since) throws IOException {
        if (Files.notExists(log)) {
            return "";
        }
        try (InputStream stream = Files.newInputStream(log)) {
            stream.skipNBytes(since);
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    /// Fast shutdown: open transactions are rolled back, everything committed is on disk.
    void stop() throws IOException {
        if (running().isEmpty()) {
            return;
        }
        ServerCommand.Result result =
                run(
                        STOP_LIMIT.plusSeconds(5),
                        "pg_ctl",
                        "stop",
                        "--mode=fast",
                        "--wait",
                        "--silent",
                        "--timeout=" + STOP_LIMIT.toSeconds(),
                        "--pgdata=" + cluster);
        if (!result.succeeded() && running().isPresent()) {
            throw new IOException("PostgreSQL in " + cluster + " did not stop: " + result.output());
        }
    }

    private ServerCommand.Result run(Duration limit, String program, String... arguments)
            throws IOException {
        return ServerCommand.run(home, limit, binaries.program(program), List.of(arguments));
    }
}
