package com.avoma.webhooks.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Keeps a second broker off a directory: Kafka opens, and cuts, the metadata log of a running one
/// before it finds its own lock taken. The operating system releases the lock with the process.
final class DirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws StartFailedException if another broker, in this process or another, holds it
    static DirectoryLock take(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        Files.createDirectories(directory).resolve("broker.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new StartFailedException("another broker runs on " + directory);
        }
        return new DirectoryLock(channel);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null; // held by this very process
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
