package com.avoma.webhooks.benchmark.delivery;

import com.avoma.webhooks.benchmark.process.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What holds for every scenario of a benchmark.
///
/// @param repository where the services were built
/// @param directory of one scenario's logs and data
/// @param runs after the warm-up
/// @param jobs in a run of a drain
/// @param rate jobs a second where the rate is fixed
/// @param serviceFlags JVM flags of delivery-service; empty: those that it has in production
public record Setting(
        Path repository, Path directory, int runs, int jobs, int rate, List<String> serviceFlags) {
    /// A port of the receiver each.
    static final int WEBHOOKS = 10;

    static final int BODY = 2048;

    /// What `webhooks.delivery.in-flight-per-webhook` is by default.
    static final int IN_FLIGHT_PER_WEBHOOK = 32;

    List<String> flags() {
        return serviceFlags.isEmpty() ? ServiceFlags.PRODUCTION : serviceFlags;
    }

    /// The program as an image has it: its libraries beside it, on the class path of the JVM.
    ///
    /// @throws IOException where it was not built
    Path serviceJar() throws IOException, InterruptedException {
        var built = builtJar();
        var program = directory.resolve("program");
        if (!Files.exists(program)) {
            var command =
                    JavaCommand.of(
                            built,
                            List.of("-Djarmode=tools"),
                            List.of("extract", "--destination", program.toString()));
            var extraction =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(directory.resolve("extraction.log").toFile())
                            .start();
            if (extraction.waitFor() != 0) {
                throw new IOException(built + " cannot be extracted");
            }
        }
        return program.resolve(built.getFileName());
    }

    private Path builtJar() throws IOException {
        var target = repository.resolve("delivery-service/target");
        try (var files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-boot.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no *-boot.jar in " + target));
        }
    }
}
