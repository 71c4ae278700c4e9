package com.avoma.webhooks.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Deletes a directory with everything in it; symbolic links are deleted, not followed.
public final class DirectoryTree {
    private DirectoryTree() {}

    /// Nothing happens where it does not exist.
    public static void delete(Path directory) throws IOException {
        if (Files.notExists(directory)) {
            return;
        }
        List<Path> contentFirst;
        try (Stream<Path> tree = Files.walk(directory)) {
            contentFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : contentFirst) {
            Files.deleteIfExists(path);
        }
    }
}
