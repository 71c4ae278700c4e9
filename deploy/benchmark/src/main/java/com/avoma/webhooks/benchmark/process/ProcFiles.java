package com.avoma.webhooks.benchmark.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// What Linux tells of a process in `/proc`, and the JDK elsewhere.
final class ProcFiles {
    /// `USER_HZ`, which is 100 on every platform that Linux runs a JVM on.
    private static final long TICKS_PER_SECOND = 100;

    private static final String PEAK = "VmHWM:";
    private static final String RESIDENT = "VmRSS:";

    /// Places behind the command's name, which ends with the last bracket: see proc(5).
    private static final int USER_TICKS = 11;

    private static final int SYSTEM_TICKS = 12;

    private ProcFiles() {}

    /// @throws IOException where the process has ended
    static Usage usage(ProcessHandle process) throws IOException {
        var directory = Path.of("/proc", Long.toString(process.pid()));
        if (!Files.exists(directory)) {
            var cpu = process.info().totalCpuDuration();
            return new Usage(
                    cpu.orElseThrow(() -> new IOException("no such process")), Duration.ZERO, 0);
        }
        var stat = Files.readString(directory.resolve("stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return new Usage(
                ticks(fields[USER_TICKS]), ticks(fields[SYSTEM_TICKS]), bytes(directory, PEAK));
    }

    /// CPU time by the names of threads, the numbers in them left out; empty where the platform
    /// does not tell. Linux cuts names off after 15 characters.
    static Map<String, Duration> threads(ProcessHandle process) throws IOException {
        var tasks = Path.of("/proc", Long.toString(process.pid()), "task");
        if (!Files.exists(tasks)) {
            return Map.of();
        }
        Map<String, Duration> threads = new HashMap<>();
        try (var directories = Files.newDirectoryStream(tasks)) {
            for (var directory : directories) {
                var stat = Files.readString(directory.resolve("stat"));
                int end = stat.lastIndexOf(')');
                var name = stat.substring(stat.indexOf('(') + 1, end).replaceAll("[-0-9 ]+", " ");
                var fields = stat.substring(end + 2).split(" ", -1);
                threads.merge(
                        name.strip(),
                        ticks(fields[USER_TICKS]).plus(ticks(fields[SYSTEM_TICKS])),
                        Duration::plus);
            }
        }
        return threads;
    }

    /// @return 0 where the platform does not tell
    /// @throws IOException where the process has ended
    static long residentBytes(ProcessHandle process) throws IOException {
        var directory = Path.of("/proc", Long.toString(process.pid()));
        return Files.exists(directory) ? bytes(directory, RESIDENT) : 0;
    }

    private static long bytes(Path directory, String name) throws IOException {
        for (var line : Files.readAllLines(directory.resolve("status"))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        return 0;
    }

    private static Duration ticks(String text) {
        return Duration.ofMillis(Long.parseLong(text) * 1000 / TICKS_PER_SECOND);
    }
}
