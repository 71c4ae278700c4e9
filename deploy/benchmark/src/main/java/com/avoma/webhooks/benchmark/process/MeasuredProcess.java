package com.avoma.webhooks.benchmark.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A process of a measurement. What it prints goes to a file; what is said to it goes to its
/// standard input. It ends with this object, and by its pid.
public final class MeasuredProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration END = Duration.ofSeconds(45);
    private static final long LOOK_MS = 20;
    private static final int MOST_SHOWN = 30;

    private final String name;
    private final Process process;
    private final Path log;
    private final Thread atExit;
    private int answersRead;

    private MeasuredProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.atExit = Thread.ofPlatform().unstarted(process::destroy);
        // an interrupted benchmark leaves nothing behind
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /// Starts it and waits until it has printed a line with the text in it.
    ///
    /// @param directory where its log goes
    /// @throws IllegalStateException where it ends or takes too long, with the last that it printed
    public static MeasuredProcess start(
            String name, List<String> command, Path directory, String readyWhen)
            throws IOException, InterruptedException {
        var measured = spawn(name, command, directory);
        try {
            measured.awaitLine(readyWhen, START);
        } catch (IllegalStateException | InterruptedException e) {
            measured.close();
            throw e;
        }
        return measured;
    }

    /// Starts it and does not wait.
    ///
    /// @param directory where its log goes
    public static MeasuredProcess spawn(String name, List<String> command, Path directory)
            throws IOException {
        var log = directory.resolve(name + ".log");
        var process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        return new MeasuredProcess(name, process, log);
    }

    public String name() {
        return name;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public Usage usage() {
        try {
            return ProcFiles.usage(process.toHandle());
        } catch (IOException e) {
            throw new UncheckedIOException(name + " has ended, see " + log, e);
        }
    }

    /// The memory that is resident now; 0 where the platform does not tell.
    public long residentBytes() {
        try {
            return ProcFiles.residentBytes(process.toHandle());
        } catch (IOException e) {
            throw new UncheckedIOException(name + " has ended, see " + log, e);
        }
    }

    /// CPU time by the names of its threads, as far as the platform tells.
    public Map<String, Duration> threads() {
        try {
            return ProcFiles.threads(process.toHandle());
        } catch (IOException e) {
            throw new UncheckedIOException(name + " has ended, see " + log, e);
        }
    }

    /// Everything it has printed.
    public String printed() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The last of what it has printed, for a complaint.
    public String end() {
        var lines = printed().lines().toList();
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - MOST_SHOWN), lines.size()));
    }

    /// Says a line to it and waits for its answer: the next line that begins with `answer `.
    ///
    /// @return the rest of that line
    public String ask(String line, Duration limit) throws InterruptedException {
        try {
            var input = process.getOutputStream();
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " does not listen, see " + log, e);
        }
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            var answers = printed().lines().filter(one -> one.startsWith("answer ")).toList();
            if (answers.size() > answersRead && printed().endsWith("\n")) {
                return answers.get(answersRead++).substring("answer ".length());
            }
            check(deadline, "no answer to \"" + line + "\"");
        }
    }

    /// Waits until it ends by itself.
    ///
    /// @throws IllegalStateException where it takes too long
    public void awaitEnd(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(name + " takes too long\n" + end());
        }
    }

    /// Stops it where it is, until [#resume]: what is published meanwhile is a backlog.
    public void suspend() throws IOException, InterruptedException {
        signal("-STOP");
    }

    public void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
        if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IllegalStateException("kill " + signal + " " + name + " failed");
        }
    }

    private void awaitLine(String text, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!printed().contains(text)) {
            check(deadline, "no \"" + text + "\"");
        }
    }

    /// Waits a moment for something that is not there yet.
    ///
    /// @throws IllegalStateException where it has ended or the time is over, with the last it
    ///   printed
    public void check(long deadline, String complaint) throws InterruptedException {
        if (!process.isAlive() || System.nanoTime() > deadline) {
            throw new IllegalStateException(name + ": " + complaint + " in " + log + "\n" + end());
        }
        Thread.sleep(LOOK_MS);
    }

    @Override
    public void close() {
        process.destroy();
        forget();
        try {
            if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException _) {
            // the hooks run already
        }
    }
}
