package com.avoma.webhooks.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A clock of a process that jumps while it runs: libfaketime (Debian's `faketime`), which goes in
/// between the process and the C library. What measures spans of time goes on as before, as it does
/// where somebody sets a machine's clock.
final class JumpingClock {
    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final List<String> PLACES = List.of("x86_64-linux-gnu", "aarch64-linux-gnu", "");

    private final Path file;

    JumpingClock(Path file) {
        this.file = file;
        jump(Duration.ZERO);
    }

    static boolean isInstalled() {
        return library().isPresent();
    }

    private static Optional<Path> library() {
        return PLACES.stream()
                .map(place -> LIBRARIES.resolve(place).resolve("faketime/libfaketimeMT.so.1"))
                .filter(Files::exists)
                .findFirst();
    }

    /// What a process must have in its environment to follow this clock.
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library().orElseThrow().toString(),
                "FAKETIME_TIMESTAMP_FILE",
                file.toString(),
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // waits are by that clock, and need no correction: with it they come back at once
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0",
                "FAKETIME_CACHE_DURATION",
                "1");
    }

    /// The clock is so much ahead of the right time from now on, within a second.
    void jump(Duration ahead) {
        try {
            var next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, "%+d".formatted(ahead.toSeconds()));
            // never read half
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
