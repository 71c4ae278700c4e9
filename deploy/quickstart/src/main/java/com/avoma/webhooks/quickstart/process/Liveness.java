package com.avoma.webhooks.quickstart.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Whether a process runs, and whether it is the one that is meant.
final class Liveness {
    /// How often a process that is there is asked for its command line, a millisecond apart.
    private static final int TIMES = 200;

    private static final long MILLISECOND = Duration.ofMillis(1).toNanos();

    private Liveness() {}

    /// False for a zombie too, which [ProcessHandle#isAlive] takes for alive.
    static boolean isAlive(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    /// Whether the process was started with that text in its command line. For a moment, while it
    /// becomes another program, a process has none.
    static boolean hasMark(ProcessHandle process, String mark) {
        var line = process.info().commandLine();
        for (int asked = 1; line.isEmpty() && asked < TIMES && isAlive(process); asked++) {
            LockSupport.parkNanos(MILLISECOND);
            line = process.info().commandLine();
        }
        return line.filter(text -> text.contains(mark)).isPresent();
    }

    private static boolean isZombie(long pid) {
        var stat = Path.of("/proc", Long.toString(pid), "stat");
        try {
            // the state follows the name, which is in brackets and may hold anything
            var text = new String(Files.readAllBytes(stat), StandardCharsets.ISO_8859_1);
            return text.startsWith(") Z", text.lastIndexOf(')'));
        } catch (IOException e) {
            return false; // no /proc here (macOS, where init reaps at once), or it has just ended
        }
    }
}
