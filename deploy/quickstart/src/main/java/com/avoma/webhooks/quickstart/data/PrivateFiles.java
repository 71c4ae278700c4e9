package com.avoma.webhooks.quickstart.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.function.Supplier;

/// Files that only their owner may read, replaced as a whole: a reader sees the old content or the
/// new, never a part.
public final class PrivateFiles {
    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private PrivateFiles() {}

    public static void write(Path file, String content) {
        write(file, content, OWNER_ONLY);
    }

    /// Writes a script that its owner may run.
    public static void writeScript(Path file, String content) {
        write(
                file,
                content,
                Set.of(
                        PosixFilePermission.OWNER_READ,
                        PosixFilePermission.OWNER_WRITE,
                        PosixFilePermission.OWNER_EXECUTE));
    }

    /// The content of the file, made and kept where there is none.
    public static String readOrWrite(Path file, Supplier<String> content) {
        if (!Files.exists(file)) {
            write(file, content.get());
        }
        return read(file);
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static void write(Path file, String content, Set<PosixFilePermission> permissions) {
        try {
            var directory = Files.createDirectories(file.toAbsolutePath().getParent());
            // a temporary file is made for its owner only
            var temporary = Files.createTempFile(directory, "." + file.getFileName(), ".new");
            try {
                Files.write(temporary, content.getBytes(StandardCharsets.UTF_8));
                Files.setPosixFilePermissions(temporary, permissions);
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
