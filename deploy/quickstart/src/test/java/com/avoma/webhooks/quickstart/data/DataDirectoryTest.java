package com.avoma.webhooks.quickstart.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir Path directory;

    @Test
    void takesANewDirectoryAndTakesItAgain() {
        var root = directory.resolve("new").resolve("one");
        assertThat(DataDirectory.claim(root, false).root()).isEqualTo(root);
        assertThat(DataDirectory.claim(root, false).environment().path())
                .isEqualTo(root.resolve("environment"));
    }

    @Test
    void takesADirectoryThatHasTheBuildLogOnly() throws IOException {
        Files.writeString(directory.resolve("build.log"), "");
        assertThat(DataDirectory.claim(directory, false).root()).isEqualTo(directory);
    }

    @Test
    void neverEmptiesADirectoryOfOtherFiles() throws IOException {
        var theirs = Files.writeString(directory.resolve("thesis.tex"), "years of work");
        // used beside them, it does not become the quickstart's
        assertThat(DataDirectory.claim(directory, false).root()).isEqualTo(directory);
        assertThatThrownBy(() -> DataDirectory.claim(directory, true))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("files that are not the quickstart's");
        assertThat(theirs).exists();
    }

    @Test
    void isEmptiedButForTheBuildLog() throws IOException {
        var data = DataDirectory.claim(directory, false);
        Files.writeString(directory.resolve("build.log"), "built");
        PrivateFiles.write(data.kafka().resolve("topic").resolve("segment"), "records");
        PrivateFiles.write(data.file("keyset.json"), "{}");
        var elsewhere = Files.createTempDirectory("elsewhere");
        var kept = Files.writeString(elsewhere.resolve("kept"), "");
        Files.createSymbolicLink(directory.resolve("link"), elsewhere);

        data.empty();

        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("build.log", "quickstart-data");
        }
        assertThat(kept).exists();
        assertThat(DataDirectory.claim(directory, false).root()).isEqualTo(directory);
    }

    @Test
    void isHeldAgainstOtherProcessesThroughGarbageCollection() throws Exception {
        DataDirectory.claim(directory, false).lock();
        System.gc();
        assertThat(otherProcess())
                .startsWith("Another quickstart is running with " + directory)
                .doesNotContain("\n");
    }

    /// What another process is told that wants the directory.
    private String otherProcess() throws Exception {
        var process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Other.class.getName(),
                                directory.toString())
                        .redirectErrorStream(true)
                        .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    static final class Other {
        public static void main(String[] arguments) {
            try {
                DataDirectory.claim(Path.of(arguments[0]), false).lock();
                System.out.print("locked");
            } catch (Refusal e) {
                System.out.print(e.getMessage());
            }
        }
    }
}
