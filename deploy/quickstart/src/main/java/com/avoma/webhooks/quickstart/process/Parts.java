package com.avoma.webhooks.quickstart.process;

import com.avoma.webhooks.embedded.EmbeddedDatabase;
import com.avoma.webhooks.quickstart.data.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Starts and stops the parts of one data directory.
public final class Parts {
    private static final List<List<Part>> STOP_ORDER =
            List.of(
                    List.of(Part.DELIVERY, Part.DISPATCHER, Part.CONFIG),
                    List.of(Part.KAFKA),
                    List.of(Part.POSTGRES));
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);

    private final DataDirectory data;
    private final RunDirectory run;
    private final Spawner spawner;

    public Parts(DataDirectory data) {
        this.data = data;
        this.run = new RunDirectory(data.run());
        this.spawner = new Spawner(run);
    }

    /// Starts the part. PostgreSQL is ready then; the others are to be waited for.
    ///
    /// @return its pid
    /// @throws com.avoma.webhooks.embedded.StartFailedException where PostgreSQL does not start
    public long start(Launch launch) throws InterruptedException {
        return switch (launch.part()) {
            case DELIVERY, DISPATCHER, CONFIG, KAFKA -> spawner.start(launch);
            case POSTGRES -> startPostgres(launch);
        };
    }

    public RunDirectory run() {
        return run;
    }

    public Optional<ProcessHandle> alive(Part part) {
        return run.alive(part);
    }

    public List<Part> running() {
        return List.of(Part.values()).stream().filter(part -> alive(part).isPresent()).toList();
    }

    /// Stops whatever runs: services first, then the broker, then the database. What does not end
    /// in time is killed.
    ///
    /// @param hurry asked all the time; once true, everything is killed
    public void stopAll(BooleanSupplier hurry) throws InterruptedException {
        data.changingParts(() -> {
            for (var group : STOP_ORDER) {
                stop(group, hurry);
            }
            return null;
        });
    }

    private void stop(List<Part> group, BooleanSupplier hurry) throws InterruptedException {
        for (var part : group) {
            alive(part).ifPresent(process -> askToStop(part, process));
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (group.stream().anyMatch(part -> alive(part).isPresent())) {
            if (hurry.getAsBoolean() || System.nanoTime() > deadline) {
                group.forEach(part -> alive(part).ifPresent(ProcessHandle::destroyForcibly));
            }
            Thread.sleep(POLL);
        }
    }

    private static void askToStop(Part part, ProcessHandle process) {
        switch (part) {
            case DELIVERY, DISPATCHER, CONFIG, KAFKA -> process.destroy();
            // to PostgreSQL SIGTERM means: once all clients have gone; SIGINT: now
            case POSTGRES -> signal("INT", process.pid());
        }
    }

    private static void signal(String name, long pid) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run kill", e);
        }
    }

    private long startPostgres(Launch launch) {
        int port = URI.create(launch.ready().substring("jdbc:".length())).getPort();
        run.save(launch);
        @SuppressWarnings("resource") // it is meant to outlive this process, like all parts
        var database = EmbeddedDatabase.start(Path.of(launch.directory()), port);
        run.savePid(Part.POSTGRES, database.pid());
        return database.pid();
    }
}
