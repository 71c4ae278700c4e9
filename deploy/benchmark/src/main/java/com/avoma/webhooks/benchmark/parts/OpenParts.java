package com.avoma.webhooks.benchmark.parts;

import com.avoma.webhooks.benchmark.process.MeasuredProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The parts of a scenario. They end with this object, the last one first.
public final class OpenParts implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Path directory;

    /// @param directory for the logs
    public OpenParts(Path directory) {
        this.directory = directory;
    }

    public Path directory() {
        return directory;
    }

    /// Starts a process and waits until it has printed a line with the text in it.
    public MeasuredProcess start(String name, List<String> command, String readyWhen)
            throws IOException, InterruptedException {
        return add(MeasuredProcess.start(name, command, directory, readyWhen));
    }

    /// Takes something over, which ends with this.
    public <T extends AutoCloseable> T add(T part) {
        open.push(part);
        return part;
    }

    /// Ends one before its time.
    public void end(AutoCloseable part) {
        if (open.remove(part)) {
            close(part);
        }
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            close(open.pop());
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            System.err.println("benchmark: " + e);
        }
    }
}
