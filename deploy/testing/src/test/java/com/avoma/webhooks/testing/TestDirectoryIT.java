package com.avoma.webhooks.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.embedded.EmbeddedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestDirectoryIT {
    @TempDir private Path parent;

    @Test
    void stopsAndDeletesWhatAKilledJvmLeftBehindAndNothingElse() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Path abandoned = parent.resolve("webhooks-test-" + gone.pid() + "-1");
        Path ours =
                Files.createDirectory(
                        parent.resolve("webhooks-test-" + ProcessHandle.current().pid() + "-1"));
        Path foreign = Files.createDirectory(parent.resolve("something-else"));
        EmbeddedDatabase orphan =
                EmbeddedDatabase.start(abandoned.resolve(TestDirectory.DATABASE), 0);
        long pid = orphan.pid();

        TestDirectory.sweep(parent);

        assertThat(abandoned).doesNotExist();
        // ended by now; the operating system may not have forgotten it yet
        await().until(() ->
                ProcessHandle.of(pid).flatMap(server -> server.info().command()).isEmpty());
        assertThat(ours).exists();
        assertThat(foreign).exists();
    }
}
