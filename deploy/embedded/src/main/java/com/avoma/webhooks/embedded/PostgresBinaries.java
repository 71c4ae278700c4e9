package com.avoma.webhooks.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.jspecify.annotations.Nullable;

/// PostgreSQL's programs, unpacked from the class path: `initdb`, `pg_ctl`, `postgres`.
record PostgresBinaries(Path home) {
    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /// Unpacks into a directory named after the archive's checksum, once (about a second).
    static PostgresBinaries unpackedBelow(Path parent) throws IOException {
        String archive = archiveName(System.getProperty("os.name"), System.getProperty("os.arch"));
        @Nullable URL resource = PostgresBinaries.class.getResource("/" + archive);
        if (resource == null) {
            throw new StartFailedException(
                    "no PostgreSQL for this platform on the class path (expected: "
                            + archive
                            + ")");
        }
        Path home = parent.resolve("postgresql-" + checksum(resource));
        if (Files.notExists(home)) {
            Path unfinished = UnfinishedDirectory.createIn(parent);
            unpack(resource, unfinished);
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        }
        return new PostgresBinaries(home);
    }

    static String archiveName(String system, String architecture) {
        String name = system.toLowerCase(Locale.ROOT);
        String os = name.startsWith("mac") ? "darwin" : name;
        String arch =
                switch (architecture) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> architecture;
                };
        return "postgres-" + os + "-" + arch + ".txz";
    }

    private static String checksum(URL resource) throws IOException {
        if (resource.openConnection() instanceof JarURLConnection jar) {
            jar.setUseCaches(false);
            try (var file = jar.getJarFile()) {
                return Long.toHexString(file.getEntry(jar.getEntryName()).getCrc());
            }
        }
        return "unpacked";
    }

    private static void unpack(URL archive, Path into) throws IOException {
        try (InputStream raw = archive.openStream();
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZCompressorInputStream(raw))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                Path target = into.resolve(entry.getName()).normalize();
                if (!target.startsWith(into)) {
                    throw new IOException("entry outside of the archive: " + entry.getName());
                }
                write(tar, entry, target);
            }
        }
    }

    private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
            throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.resolveSibling(""));
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(
                    target,
                    Set.of(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE));
        }
    }
}
