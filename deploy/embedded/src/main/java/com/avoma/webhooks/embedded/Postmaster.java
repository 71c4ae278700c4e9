package com.avoma.webhooks.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A running server, as its `postmaster.pid` tells.
///
/// @param pid of the server's first process
/// @param port that it was started on
record Postmaster(long pid, int port) {
    static final String FILE = "postmaster.pid";

    /// The server of this cluster, or nothing where none runs: a file that a killed server left
    /// behind does not count, nor does one whose pid has become another program's since.
    static Optional<Postmaster> of(Path cluster) throws IOException {
        Path file = cluster.resolve(FILE);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        // pid, directory, start time, port, … (PostgreSQL, miscadmin.h)
        List<String> lines = Files.readAllLines(file);
        if (lines.size() < 4) {
            return Optional.empty();
        }
        Postmaster found =
                new Postmaster(
                        Long.parseLong(lines.get(0).strip()),
                        Integer.parseInt(lines.get(3).strip()));
        return found.isRunning() ? Optional.of(found) : Optional.empty();
    }

    /// Whether the file that a killed server left would keep a new one from starting: it is empty,
    /// or names a pid that is another program's by now, which PostgreSQL would take for the server.
    static boolean leftMisleadingFile(Path cluster) throws IOException {
        Path file = cluster.resolve(FILE);
        if (Files.notExists(file) || of(cluster).isPresent()) {
            return false;
        }
        List<String> lines = Files.readAllLines(file);
        return lines.isEmpty()
                || ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                        .map(ProcessHandle::isAlive)
                        .orElse(false);
    }

    /// A dead child that nobody has waited for yet has a pid but no program.
    boolean isRunning() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().command())
                .filter(program -> Path.of(program).endsWith("postgres"))
                .isPresent();
    }
}
