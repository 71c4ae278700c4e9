package com.avoma.webhooks.quickstart.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpawnerTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int STARTS = 30;
    private static final int LOOKS = 50;

    @TempDir Path directory;
    private RunDirectory run;
    private Spawner spawner;

    @BeforeEach
    void create() {
        run = new RunDirectory(directory.resolve("run"));
        spawner = new Spawner(run);
    }

    @AfterEach
    void leaveNothingRunning() {
        run.alive(Part.CONFIG).ifPresent(ProcessHandle::destroyForcibly);
        await().atMost(SOON).until(() -> run.alive(Part.CONFIG).isEmpty());
    }

    @Test
    void startsAProcessThatIsFoundAgainByItsFiles() throws Exception {
        long pid = spawner.start(sleeping());
        var found = new RunDirectory(directory.resolve("run"));
        assertThat(found.alive(Part.CONFIG)).map(ProcessHandle::pid).contains(pid);
        assertThat(found.launch(Part.CONFIG)).contains(sleeping());
        assertThat(found.alive(Part.KAFKA)).isEmpty();
    }

    @Test
    void findsItWhileItBecomesTheProgramThatItIs() throws Exception {
        for (int start = 0; start < STARTS; start++) {
            spawner.start(sleeping());
            for (int look = 0; look < LOOKS; look++) {
                assertThat(run.alive(Part.CONFIG)).as("start %d, look %d", start, look).isPresent();
            }
            run.alive(Part.CONFIG).orElseThrow().destroyForcibly();
            await().atMost(SOON).until(() -> run.end(Part.CONFIG).isPresent());
        }
    }

    @Test
    void startsItInAProcessGroupOfItsOwn() throws Exception {
        long pid = spawner.start(sleeping());
        long ours = ProcessHandle.current().pid();
        assertThat(processGroup(pid)).isNotEqualTo(processGroup(ours));
    }

    @Test
    void tellsBySignalOrStatusHowItEnded() throws Exception {
        spawner.start(sleeping());
        run.alive(Part.CONFIG).orElseThrow().destroyForcibly();
        await().atMost(SOON).until(() -> run.end(Part.CONFIG).isPresent());
        assertThat(run.end(Part.CONFIG)).contains("signal 9");
        assertThat(run.alive(Part.CONFIG)).isEmpty();

        spawner.start(launch("exit 3"));
        await().atMost(SOON).until(() -> run.end(Part.CONFIG).isPresent());
        assertThat(run.end(Part.CONFIG)).contains("status 3");
    }

    @Test
    void givesItTheEnvironmentAndTakesItsOutput() throws Exception {
        spawner.start(launch("echo \"$GREETING\"; echo \"in $PWD\" >&2"));
        await().atMost(SOON).until(() -> run.end(Part.CONFIG).isPresent());
        assertThat(Files.readAllLines(directory.resolve("a log").resolve("config.log")))
                .containsExactly("it's a \"quoted\" $HOME", "in " + directory.toRealPath());
    }

    @Test
    void doesNotTakeAnotherProgramForItsOwn() throws Exception {
        spawner.start(sleeping());
        run.alive(Part.CONFIG).orElseThrow().destroyForcibly();
        await().atMost(SOON).until(() -> run.alive(Part.CONFIG).isEmpty());
        var other = new ProcessBuilder("sleep", "60").start();
        try {
            run.savePid(Part.CONFIG, other.pid());
            assertThat(run.alive(Part.CONFIG)).isEmpty();
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    private Launch sleeping() {
        return launch("while sleep 1; do :; done");
    }

    private Launch launch(String script) {
        var mark = "mark-of-" + directory;
        return new Launch(
                Part.CONFIG,
                List.of("bash", "-c", script, mark),
                Map.of("PATH", System.getenv("PATH"), "GREETING", "it's a \"quoted\" $HOME"),
                directory.toString(),
                directory.resolve("a log").resolve("config.log").toString(),
                mark,
                "http://127.0.0.1:1/");
    }

    private static String processGroup(long pid) throws Exception {
        var process = new ProcessBuilder("ps", "-o", "pgid=", "-p", Long.toString(pid)).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        assertThat(output).isNotBlank();
        return output.strip();
    }
}
