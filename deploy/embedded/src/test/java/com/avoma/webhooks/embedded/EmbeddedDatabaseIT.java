package com.avoma.webhooks.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseIT {
    /// One for all: creating a cluster costs seconds on a busy disk, starting it does not.
    @TempDir private static Path data;

    @AfterEach
    void stopWhatRuns() {
        EmbeddedDatabase.stop(data);
    }

    @Test
    void keepsItsDataWhenItIsStoppedAndStarted() throws Exception {
        try (EmbeddedDatabase first = EmbeddedDatabase.start(data, 0)) {
            write(first, "kept");
        }
        try (EmbeddedDatabase second = EmbeddedDatabase.start(data, 0)) {
            assertThat(read(second)).isEqualTo("kept");
        }
    }

    @Test
    void keepsWhatWasCommittedWhenItsServerIsKilled() throws Exception {
        EmbeddedDatabase database = EmbeddedDatabase.start(data, 0);
        long killed = database.pid();
        write(database, "committed");
        try (Connection open = DriverManager.getConnection(database.jdbcUrl())) {
            assertThat(open.isValid(1)).isTrue();
            kill(killed);
            try (EmbeddedDatabase again = EmbeddedDatabase.start(data, database.port())) {
                assertThat(read(again)).isEqualTo("committed");
                assertThat(again.pid()).isNotEqualTo(killed);
                // whoever started it first sees the new one, too
                assertThat(database.pid()).isEqualTo(again.pid());
            }
        }
    }

    @Test
    void isBroughtBackByAProcessThatEndsAndLeavesItRunning() throws Exception {
        EmbeddedDatabase database = EmbeddedDatabase.start(data, 0);
        write(database, "committed");
        kill(database.pid());

        ChildProcess restart =
                ChildProcess.of(
                        DatabaseProcess.class,
                        data.resolve("restart.log"),
                        "--data",
                        data.toString(),
                        "--port",
                        Integer.toString(database.port()));

        assertThat(restart.exitStatus()).as(restart.said()).isZero();
        assertThat(restart.said()).contains("pid " + database.pid());
        assertThat(read(database)).isEqualTo("committed");
    }

    @Test
    void takesOverAServerThatRunsAlready() throws Exception {
        EmbeddedDatabase orphan = EmbeddedDatabase.start(data, 0);
        EmbeddedDatabase taken = EmbeddedDatabase.start(data, orphan.port());
        assertThat(taken.pid()).isEqualTo(orphan.pid());
    }

    @Test
    void movesAServerThatRunsOnAnotherPort() throws Exception {
        EmbeddedDatabase before = EmbeddedDatabase.start(data, 0);
        write(before, "kept");
        EmbeddedDatabase after = EmbeddedDatabase.start(data, LoopbackPort.free());
        assertThat(after.port()).isNotEqualTo(before.port());
        assertThat(read(after)).isEqualTo("kept");
    }

    @Test
    void startsBesideAPidFileWhosePidIsAnotherProgramsByNow() throws Exception {
        int port;
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, 0)) {
            port = database.port();
            write(database, "kept");
        }
        Files.writeString(
                data.resolve("cluster/postmaster.pid"),
                "%d\n%s\n1700000000\n%d\n\n127.0.0.1\n"
                        .formatted(ProcessHandle.current().pid(), data.resolve("cluster"), port));
        try (EmbeddedDatabase again = EmbeddedDatabase.start(data, port)) {
            assertThat(read(again)).isEqualTo("kept");
        }
    }

    @Test
    void runsInASessionOfItsOwnSoThatCtrlCDoesNotReachIt() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, 0)) {
            Process ps =
                    new ProcessBuilder("ps", "-o", "pgid=", "-p", Long.toString(database.pid()))
                            .start();
            String group = new String(ps.getInputStream().readAllBytes()).strip();
            assertThat(group).isEqualTo(Long.toString(database.pid()));
        }
    }

    @Test
    void flushesEveryCommitToDisk() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, 0)) {
            assertThat(query(database, "show fsync")).isEqualTo("on");
            assertThat(query(database, "show synchronous_commit")).isEqualTo("on");
            assertThat(query(database, "show full_page_writes")).isEqualTo("on");
        }
    }

    @Test
    void listensOnLoopbackOnlyAndAsksTheServicesForTheirPassword() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, 0)) {
            assertThat(query(database, "show listen_addresses")).isEqualTo("127.0.0.1");
            String wrong = database.jdbcUrl().replace("password=webhooks", "password=guess");
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DriverManager.getConnection(wrong))
                    .withMessageContaining("password authentication failed");
        }
    }

    @Test
    void saysInOneSentenceThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatExceptionOfType(StartFailedException.class)
                    .isThrownBy(() -> EmbeddedDatabase.start(data, taken.getLocalPort()))
                    .withMessageContaining("port " + taken.getLocalPort() + " for PostgreSQL");
        }
    }

    @Test
    void neverUsesADirectoryWhoseCreationWasInterrupted() throws Exception {
        Files.createDirectories(data.resolve("unfinished-1").resolve("base"));
        Files.createDirectories(data.resolve("unfinished-2").resolve("bin"));
        try (EmbeddedDatabase database = EmbeddedDatabase.start(data, 0)) {
            assertThat(query(database, "select 1")).isEqualTo("1");
        }
        try (Stream<Path> left = Files.list(data)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("unfinished-"));
        }
    }

    private static void kill(long pid) {
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        server.destroyForcibly();
        await().atMost(Duration.ofSeconds(10)).until(() -> !new Postmaster(pid, 0).isRunning());
    }

    private static void write(EmbeddedDatabase database, String text) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                var statement = connection.createStatement()) {
            statement.execute("drop table if exists note");
            statement.execute("create table note (text text)");
            statement.execute("insert into note values ('" + text + "')");
        }
    }

    private static String read(EmbeddedDatabase database) throws SQLException {
        return query(database, "select text from note");
    }

    private static String query(EmbeddedDatabase database, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
