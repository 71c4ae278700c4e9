package com.avoma.webhooks.embedded;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `--data DIR --port N` of the two processes.
record Arguments(Path data, int port) {
    /// @throws IllegalArgumentException if an argument is unknown, incomplete or missing
    static Arguments parse(List<String> given) {
        Path data = null;
        int port = 0;
        for (Iterator<String> words = given.iterator(); words.hasNext(); ) {
            String word = words.next();
            switch (word) {
                case "--data" -> data = Path.of(value(word, words));
                case "--port" -> port = number(word, value(word, words));
                default ->
                        throw new IllegalArgumentException(
                                word + " (expected: --data DIR --port N)");
            }
        }
        return new Arguments(required(data), port);
    }

    private static Path required(@Nullable Path data) {
        if (data == null) {
            throw new IllegalArgumentException("--data is missing (expected: --data DIR --port N)");
        }
        return data;
    }

    static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException(
                    option + " has no value (expected: one, as in --data DIR --port N)");
        }
        return words.next();
    }

    static int number(String option, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + ": " + text + " (expected: a number)", e);
        }
    }
}
