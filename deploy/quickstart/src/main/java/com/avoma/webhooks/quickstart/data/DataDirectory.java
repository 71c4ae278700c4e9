package com.avoma.webhooks.quickstart.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// The directory that everything is kept in, and its places. Absolute paths only.
public final class DataDirectory {
    private static final String MARKER = "quickstart-data";
    private static final String BUILD_LOG = "build.log";
    private static final Set<String> KEPT_WHEN_EMPTIED = Set.of(MARKER, BUILD_LOG, "lock");

    /// Locks that last as long as this process. A channel that nobody refers to is closed by the
    /// garbage collector, and its lock is gone.
    private static final Collection<FileChannel> HELD = new ConcurrentLinkedQueue<>();

    private final Path root;

    public DataDirectory(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /// Makes the directory, or takes the one that is there.
    ///
    /// @param toEmpty whether [#empty] is going to be called
    /// @throws Refusal where it is to be emptied and is not the quickstart's alone
    public static DataDirectory claim(Path root, boolean toEmpty) {
        var directory = new DataDirectory(root);
        var marker = directory.root.resolve(MARKER);
        try {
            Files.createDirectories(directory.root);
            if (Files.exists(marker)) {
                return directory;
            }
            if (directory.isEmpty()) {
                PrivateFiles.write(
                        marker, "./quickstart keeps its data here; --fresh removes all of it.\n");
            } else if (toEmpty) {
                throw new Refusal(
                        "%s has files that are not the quickstart's, and --fresh would remove them; give another directory with --data."
                                .formatted(directory.root));
            }
            return directory;
        } catch (IOException e) {
            throw new Refusal("%s cannot be used: %s.".formatted(directory.root, e), e);
        }
    }

    public Path root() {
        return root;
    }

    public EnvironmentFile environment() {
        return new EnvironmentFile(root.resolve("environment"));
    }

    /// What was started, one file a process: how, and its pid.
    public Path run() {
        return root.resolve("run");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path tls() {
        return root.resolve("tls");
    }

    public Path kafka() {
        return root.resolve("kafka");
    }

    public Path postgres() {
        return root.resolve("postgres");
    }

    /// Services as they were when this run started: a build under a running one must not matter.
    public Path services() {
        return root.resolve("services");
    }

    public Path file(String name) {
        return root.resolve(name);
    }

    /// Holds the directory for this process until it ends; the operating system lets go of it even
    /// after a SIGKILL.
    ///
    /// @throws Refusal where another quickstart has it
    public void lock() {
        try {
            var channel = open("lock");
            if (channel.tryLock() == null) {
                channel.close();
                throw new Refusal(
                        "Another quickstart is running with %s; stop it, or give another --data."
                                .formatted(root));
            }
            HELD.add(channel);
        } catch (IOException e) {
            throw new Refusal("%s cannot be locked: %s.".formatted(root, e), e);
        }
    }

    /// Does something while no other process starts, stops or replaces a part.
    public <T extends @Nullable Object> T changingParts(Change<T> change)
            throws InterruptedException {
        try (var channel = open("run/lock");
                var lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IOException("the lock was lost");
            }
            return change.make();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + run(), e);
        }
    }

    /// Removes everything but what this very run has made.
    public void empty() {
        try {
            Files.walkFileTree(root, new Removal());
        } catch (IOException e) {
            throw new Refusal("%s cannot be emptied: %s.".formatted(root, e), e);
        }
    }

    /// Something done under [#changingParts].
    public interface Change<T extends @Nullable Object> {
        T make() throws InterruptedException;
    }

    private FileChannel open(String name) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private boolean isEmpty() throws IOException {
        try (var names = Files.list(root)) {
            return names.allMatch(file -> file.endsWith(BUILD_LOG));
        }
    }

    private final class Removal extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            if (!root.equals(file.getParent())
                    || !KEPT_WHEN_EMPTIED.contains(file.getFileName().toString())) {
                Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            if (!directory.equals(root)) {
                Files.delete(directory);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
