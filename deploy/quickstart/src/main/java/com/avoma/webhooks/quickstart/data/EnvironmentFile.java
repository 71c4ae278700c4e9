package com.avoma.webhooks.quickstart.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Addresses, credentials, pids and restart commands of a running quickstart, one `KEY=value` a
/// line, for `source` in any POSIX shell. It is there exactly while everything that it names was
/// started.
public final class EnvironmentFile {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
    private static final Pattern KEY = Pattern.compile("[A-Z_][A-Z0-9_]*");

    private final Path file;

    public EnvironmentFile(Path file) {
        this.file = file;
    }

    public Path path() {
        return file;
    }

    public boolean exists() {
        return Files.exists(file);
    }

    /// Replaces the file as a whole.
    public void write(Map<String, String> variables) {
        var text = new StringBuilder();
        variables.forEach((key, value) -> {
            if (!KEY.matcher(key).matches()) {
                throw new IllegalArgumentException(
                        "key: " + key + " (expected: upper-case letters, digits and _)");
            }
            text.append(key).append('=').append(quote(value)).append('\n');
        });
        PrivateFiles.write(file, text.toString());
    }

    /// Changes one variable and leaves the others and their order. Callers take turns by
    /// [DataDirectory#changingParts].
    public void set(String key, String value) {
        var variables = read();
        variables.put(key, value);
        write(variables);
    }

    /// The variables in their order.
    public Map<String, String> read() {
        Map<String, String> variables = new LinkedHashMap<>();
        for (var line : PrivateFiles.read(file).split("\n", -1)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                variables.put(line.substring(0, equals), unquote(line.substring(equals + 1)));
            }
        }
        return variables;
    }

    /// Removes the file; without effect where there is none.
    public void remove() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + file, e);
        }
    }

    /// The text as one word of a POSIX shell.
    ///
    /// @throws IllegalArgumentException where it has a line break: a line here is a variable
    public static String quote(String text) {
        if (text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("value: has a line break (expected: one line)");
        }
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private static String unquote(String word) {
        boolean quoted = word.length() >= 2 && word.startsWith("'") && word.endsWith("'");
        return quoted ? word.substring(1, word.length() - 1).replace("'\\''", "'") : word;
    }
}
