package com.avoma.webhooks.kubernetes;

import com.avoma.webhooks.embedded.LoopbackPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What an image runs, with the variables of its pod.
final class ServiceProcess implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Path log;
    private final int management;

    private ServiceProcess(Process process, Path log, int management) {
        this.process = process;
        this.log = log;
        this.management = management;
    }

    /// @param arguments what the container has for `args`
    static ServiceProcess start(
            String service, Path folder, Map<String, String> environment, Object... arguments)
            throws IOException {
        int management = LoopbackPort.free();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + Installation.ROOT.resolve(service).resolve("jvm.options"));
        command.addAll(List.of("-Xmx256m", "-jar", jar(service).toString()));
        for (var argument : arguments) {
            command.add(argument.toString());
        }
        var log = folder.resolve(service + arguments.length + ".log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(management));
        return new ServiceProcess(builder.start(), log, management);
    }

    /// Whether its readiness probe would be content.
    boolean isReady() {
        if (!process.isAlive()) {
            throw new AssertionError(log());
        }
        var address = "http://127.0.0.1:" + management + "/actuator/health/readiness";
        try {
            return HTTP.send(
                                    HttpRequest.newBuilder(URI.create(address)).build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Its exit status, once it has ended.
    int end() throws InterruptedException {
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            throw new AssertionError("it does not end: " + log());
        }
        return process.exitValue();
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(45, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Path jar(String service) throws IOException {
        var target = Installation.ROOT.resolve(service).resolve("target");
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + service + "-*-boot.jar");
        try (var files = Files.list(target)) {
            return files.filter(file -> matcher.matches(file.getFileName()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no jar in " + target));
        }
    }
}
