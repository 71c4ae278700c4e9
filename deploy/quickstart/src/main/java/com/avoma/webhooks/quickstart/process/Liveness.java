package com.avoma.webhooks.quickstart.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether a process runs, and whether it is the one that is meant.
final class Liveness {
    private Liveness() {}

    /// False for a zombie too, which [ProcessHandle#isAlive] takes for alive.
    static boolean isAlive(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    /// Whether the process was started with that text in its command line.
    static boolean hasMark(ProcessHandle process, String mark) {
        return process.info().commandLine().filter(line -> line.contains(mark)).isPresent();
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
