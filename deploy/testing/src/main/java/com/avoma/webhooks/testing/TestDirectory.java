package com.avoma.webhooks.testing;

import com.avoma.webhooks.embedded.DirectoryTree;
import com.avoma.webhooks.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where the embedded parts of this JVM keep their data: deleted at its end, or, where the JVM was
/// killed, with the database that it left running, by the next one.
final class TestDirectory {
    static final String DATABASE = "postgresql";
    private static final Pattern NAME = Pattern.compile("webhooks-test-(\\d+)-.*");

    private TestDirectory() {}

    /// A directory of this JVM's own for one part.
    static Path of(String part) {
        return Of.THIS_JVM.resolve(part);
    }

    /// Stops and deletes what JVMs that are gone left behind in `parent`.
    static void sweep(Path parent) throws IOException {
        List<Path> abandoned;
        try (Stream<Path> entries = Files.list(parent)) {
            abandoned = entries.filter(TestDirectory::isAbandoned).toList();
        }
        for (Path directory : abandoned) {
            EmbeddedDatabase.stop(directory.resolve(DATABASE));
            DirectoryTree.delete(directory);
        }
    }

    private static boolean isAbandoned(Path directory) {
        Matcher name = NAME.matcher(directory.getFileName().toString());
        return name.matches()
                && Files.isWritable(directory)
                && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }

    private static final class Of {
        static final Path THIS_JVM = create();

        private static Path create() {
            try {
                sweep(Path.of(System.getProperty("java.io.tmpdir")));
                Path directory =
                        Files.createTempDirectory(
                                "webhooks-test-" + ProcessHandle.current().pid() + "-");
                AtExit.close(() -> DirectoryTree.delete(directory));
                return directory;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
