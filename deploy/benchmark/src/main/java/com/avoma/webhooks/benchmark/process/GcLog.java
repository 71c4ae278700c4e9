package com.avoma.webhooks.benchmark.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The heap of a JVM as its own log of collections shows it, which costs it nothing.
///
/// @param peakBytes the most that was in use before a collection
/// @param liveBytes the most that was left by one
public record GcLog(long peakBytes, long liveBytes) {
    private static final Pattern COLLECTION = Pattern.compile("Pause .* (\\d+)M->(\\d+)M\\(");
    private static final long MEBIBYTE = 1024 * 1024;

    /// The option that makes a JVM write it.
    public static String option(Path file) {
        return "-Xlog:gc:file=" + file;
    }

    /// Reads a log from some line on.
    ///
    /// @param skip how many lines are of a time that does not count
    public static GcLog read(Path file, int skip) throws IOException {
        long peak = 0;
        long live = 0;
        for (var line : Files.readAllLines(file).stream().skip(skip).toList()) {
            var found = COLLECTION.matcher(line);
            if (found.find()) {
                peak = Math.max(peak, Long.parseLong(found.group(1)) * MEBIBYTE);
                live = Math.max(live, Long.parseLong(found.group(2)) * MEBIBYTE);
            }
        }
        return new GcLog(peak, live);
    }

    /// How many lines there are by now.
    public static int lines(Path file) throws IOException {
        return Files.readAllLines(file).size();
    }
}
