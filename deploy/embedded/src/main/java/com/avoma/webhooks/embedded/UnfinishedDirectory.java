package com.avoma.webhooks.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A directory that gets its name when its content is complete; one that was interrupted is deleted
/// by the next start.
final class UnfinishedDirectory {
    private static final String PREFIX = "unfinished-";

    private UnfinishedDirectory() {}

    static Path createIn(Path parent) throws IOException {
        return Files.createTempDirectory(parent, PREFIX);
    }

    static void deleteAllIn(Path parent) throws IOException {
        List<Path> unfinished;
        try (Stream<Path> entries = Files.list(parent)) {
            unfinished =
                    entries.filter(entry -> entry.getFileName().toString().startsWith(PREFIX))
                            .toList();
        }
        for (Path directory : unfinished) {
            DirectoryTree.delete(directory);
        }
    }
}
