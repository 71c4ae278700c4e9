package com.avoma.webhooks.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs PostgreSQL's own programs, which refuse to run as root: root runs them in a user namespace,
/// where it is nobody.
final class ServerCommand {
    /// @param output what the program wrote, both streams, trimmed
    record Result(int status, String output) {
        boolean succeeded() {
            return status == 0;
        }
    }

    private ServerCommand() {}

    /// @param directory where the output goes meanwhile: a pipe would be inherited, and kept open,
    ///   by the server
    /// @throws IOException if the program cannot be run or does not end in time
    static Result run(Path directory, Duration limit, Path program, List<String> arguments)
            throws IOException {
        Path output = Files.createTempFile(directory, "command-", ".log");
        try {
            List<String> whole = new ArrayList<>(isRoot() ? List.of("unshare", "-U") : List.of());
            whole.add(program.toString());
            whole.addAll(arguments);
            ProcessBuilder builder =
                    new ProcessBuilder(whole)
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException(program + " did not end within " + limit.toSeconds() + " s");
            }
            return new Result(process.exitValue(), Files.readString(output).strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + program, e);
        } finally {
            Files.deleteIfExists(output);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
