package com.avoma.webhooks.quickstart.process;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.quickstart.data.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What is known of each part, kept in files: how it was launched, its pid, and how it ended.
/// Another process brings parts back by it, and a later run finds what an earlier one left running.
public final class RunDirectory {
    private final Path directory;

    public RunDirectory(Path directory) {
        this.directory = directory;
    }

    public Optional<Launch> launch(Part part) {
        var file = file(part, "json");
        return Files.exists(file)
                ? Optional.of(
                        Json.read(
                                PrivateFiles.read(file).getBytes(StandardCharsets.UTF_8),
                                Launch.class))
                : Optional.empty();
    }

    /// Where a part's pid is.
    Path pidFile(Part part) {
        return file(part, "pid");
    }

    /// Where the keeper of a part writes the exit status.
    Path exitFile(Part part) {
        return file(part, "exit");
    }

    void save(Launch launch) {
        PrivateFiles.write(
                file(launch.part(), "json"),
                new String(Json.write(launch), StandardCharsets.UTF_8));
    }

    void savePid(Part part, long pid) {
        PrivateFiles.write(pidFile(part), pid + "\n");
    }

    /// Forgets the pid and the end of an earlier process of the part.
    void forget(Part part) {
        try {
            Files.deleteIfExists(pidFile(part));
            Files.deleteIfExists(exitFile(part));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot forget " + part.title(), e);
        }
    }

    /// The part's process if it is alive and really ours: pids are used again.
    public Optional<ProcessHandle> alive(Part part) {
        var pid = pid(part);
        var launch = launch(part);
        if (pid.isEmpty() || launch.isEmpty()) {
            return Optional.empty();
        }
        return ProcessHandle.of(pid.getAsLong())
                .filter(Liveness::isAlive)
                .filter(process -> Liveness.hasMark(process, launch.get().mark()));
    }

    public OptionalLong pid(Part part) {
        var text = number(pidFile(part));
        return text.isPresent() ? OptionalLong.of(text.getAsInt()) : OptionalLong.empty();
    }

    /// How the part ended, in words: `signal 9`, `status 1`; empty while it runs.
    public Optional<String> end(Part part) {
        var status = number(exitFile(part));
        if (status.isEmpty()) {
            return Optional.empty();
        }
        int value = status.getAsInt();
        // what a shell reports of a process that a signal ended
        return Optional.of(value > 128 ? "signal " + (value - 128) : "status " + value);
    }

    private static OptionalInt number(Path file) {
        try {
            var text = Files.readString(file).strip();
            return text.matches("[0-9]+")
                    ? OptionalInt.of(Integer.parseInt(text))
                    : OptionalInt.empty();
        } catch (NoSuchFileException e) {
            return OptionalInt.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private Path file(Part part, String kind) {
        return directory.resolve(part.id() + "." + kind);
    }
}
