package com.avoma.webhooks.quickstart.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The end of a log, for the terminal: without the frames of stack traces, so that what went wrong
/// is among it.
public final class LogTail {
    private static final int LINES = 15;
    private static final int WIDTH = 400;
    private static final Pattern FRAME = Pattern.compile("\\s+(at |\\.\\.\\. \\d+ ).*");

    private LogTail() {}

    /// Up to 15 lines, each indented; empty where there is no log.
    public static String of(Path log) {
        try {
            return Files.exists(log) ? last(Files.readAllBytes(log)) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + log, e);
        }
    }

    private static String last(byte[] log) {
        List<String> lines =
                new String(log, StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank() && !FRAME.matcher(line).matches())
                        .toList();
        return lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
                .map(line -> "    " + line.substring(0, Math.min(line.length(), WIDTH)))
                .collect(Collectors.joining("\n"));
    }
}
