package com.avoma.webhooks.benchmark.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A service as an image has it.
///
/// @param repository where it was built
/// @param name of its module
public record PackagedService(Path repository, String name) {
    /// The memory that `deploy/kubernetes` gives to each: of this `jvm.options` makes its heap.
    private static final String MEMORY = "-XX:MaxRAM=1g";

    /// The options of the image, in a container of 1 GiB.
    public List<String> options() {
        return List.of("@" + repository.resolve(name, "jvm.options"), MEMORY);
    }

    /// The program with its libraries beside it, which are on the class path of the JVM.
    ///
    /// @param directory for the programs; what is there already is taken
    /// @return the jar to run
    /// @throws IOException where it was not built
    public Path unpackedIn(Path directory) throws IOException, InterruptedException {
        var built = builtJar();
        var program = directory.resolve(name);
        if (!Files.exists(program)) {
            var command =
                    JavaCommand.of(
                            built,
                            List.of("-Djarmode=tools"),
                            List.of("extract", "--destination", program.toString()));
            var extraction =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(directory.resolve(name + "-extraction.log").toFile())
                            .start();
            if (extraction.waitFor() != 0) {
                throw new IOException(built + " cannot be extracted");
            }
        }
        return program.resolve(built.getFileName());
    }

    private Path builtJar() throws IOException {
        var target = repository.resolve(name, "target");
        try (var files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-boot.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no *-boot.jar in " + target));
        }
    }
}
