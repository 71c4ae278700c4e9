package com.avoma.webhooks.quickstart;

import com.avoma.webhooks.quickstart.data.PrivateFiles;
import com.avoma.webhooks.quickstart.data.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The services as they run: each boot jar unpacked into the data directory, so that it starts
/// faster and a build meanwhile does not change it under a running process.
final class ServiceFiles {
    private final Path repository;
    private final Path directory;
    private final String java;

    /// @param repository where the modules are
    /// @param directory for the unpacked services
    /// @param java the `java` command
    ServiceFiles(Path repository, Path directory, String java) {
        this.repository = repository;
        this.directory = directory;
        this.java = java;
    }

    /// Unpacks what is new since the last time.
    ///
    /// @return the jar to run
    Path unpacked(String service) throws InterruptedException {
        var built =
                repository
                        .resolve(service)
                        .resolve("target")
                        .resolve(service + "-0.1.0-SNAPSHOT-boot.jar");
        var target = directory.resolve(service);
        var stamp = directory.resolve(service + ".unpacked");
        try {
            // not the time of modification, which a reproducible build sets to a fixed one
            var version = Files.size(built) + " " + Files.getAttribute(built, "unix:ctime");
            if (!Files.exists(stamp) || !PrivateFiles.read(stamp).equals(version)) {
                Files.deleteIfExists(stamp);
                unpack(built, target);
                PrivateFiles.write(stamp, version);
            }
        } catch (IOException e) {
            throw new Refusal("%s is not there or cannot be unpacked: %s.".formatted(built, e), e);
        }
        return target.resolve(built.getFileName());
    }

    private void unpack(Path built, Path target) throws InterruptedException {
        try {
            var process =
                    new ProcessBuilder(
                                    List.of(
                                            java,
                                            "-XX:TieredStopAtLevel=1",
                                            "-XX:+UseSerialGC",
                                            "-Djarmode=tools",
                                            "-jar",
                                            built.toString(),
                                            "extract",
                                            "--force",
                                            "--destination",
                                            target.toString()))
                            .redirectErrorStream(true)
                            .start();
            process.getOutputStream().close();
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(output.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack " + built, e);
        }
    }
}
