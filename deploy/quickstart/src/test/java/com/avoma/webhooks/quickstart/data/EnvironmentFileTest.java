package com.avoma.webhooks.quickstart.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentFileTest {
    @TempDir Path directory;
    private EnvironmentFile file;

    @BeforeEach
    void create() {
        file = new EnvironmentFile(directory.resolve("with a space").resolve("environment"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "",
                "two words",
                "it's",
                "'",
                "''",
                "$HOME `id` $(id) \\ \" ! * ~ # ; & | < >",
                "postgresql://a:b@127.0.0.1:5432/c?d=e&f=g",
                "key:secret==",
                "  blanks around  ",
                "ümläut 🎉",
            })
    void survivesAShell(String value) throws Exception {
        file.write(Map.of("VALUE", value));
        assertThat(sourced("VALUE")).isEqualTo(value);
        assertThat(file.read()).containsExactly(Map.entry("VALUE", value));
    }

    @Test
    void keepsTheOrderAndChangesOneVariable() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("FIRST", "1");
        variables.put("CONFIG_PID", "17");
        variables.put("TEAM_UUIDS", "a b c");
        file.write(variables);

        file.set("CONFIG_PID", "18");

        variables.put("CONFIG_PID", "18");
        assertThat(file.read()).containsExactlyEntriesOf(variables);
    }

    @Test
    void isForItsOwnerOnly() throws IOException {
        file.write(Map.of("SECRET", "s"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
    }

    @Test
    void leavesNothingBesideItself() throws IOException {
        file.write(Map.of("A", "1"));
        file.set("A", "2");
        try (var files = Files.list(file.path().getParent())) {
            assertThat(files).containsExactly(file.path());
        }
        file.remove();
        file.remove();
        assertThat(file.exists()).isFalse();
    }

    @Test
    void isNeverSeenInParts() throws Exception {
        var whole = Map.of("LONG", "x".repeat(200_000));
        file.write(whole);
        var done = new AtomicBoolean();
        var writer =
                Thread.ofVirtual()
                        .start(() -> {
                            for (int i = 0; i < 200; i++) {
                                file.write(whole);
                            }
                            done.set(true);
                        });
        while (!done.get()) {
            assertThat(file.read().get("LONG")).hasSize(200_000);
        }
        writer.join();
    }

    @Test
    void refusesWhatAShellCouldNotRead() {
        assertThatThrownBy(() -> file.write(Map.of("lower", "x")))
                .hasMessageContaining("lower (expected: upper-case");
        assertThatThrownBy(() -> file.write(Map.of("A", "two\nlines")))
                .hasMessageContaining("expected: one line");
    }

    private String sourced(String variable) throws Exception {
        var process =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                ". \"$1\"; printf %s \"$" + variable + "\"",
                                "sh",
                                file.path().toString())
                        .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }
}
