package com.avoma.webhooks.systemtests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the quickstart's environment file the way its users do: a shell sources it.
final class EnvironmentVariables {
    private EnvironmentVariables() {}

    static Map<String, String> read(Path file) throws IOException {
        var shell = new ProcessBuilder("bash", "-c", "set -a; . \"$0\"; env -0", file.toString());
        shell.environment().clear();
        var process = shell.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Stream.of(output.split("\0"))
                .map(line -> line.split("=", 2))
                .collect(
                        Collectors.toMap(
                                pair -> pair[0], pair -> pair[1], (_, last) -> last, TreeMap::new));
    }
}
