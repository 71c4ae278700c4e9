package com.avoma.webhooks.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `java -jar service.jar migrate`, in a process of its own.
class TheDatabaseIsMigratedOnItsOwnIT {
    private static final String TABLES =
            "select count(*) from information_schema.tables where table_schema = 'public'";

    private final TestDatabase database = TestDatabase.fresh();

    @TempDir Path folder;

    @Test
    void withNeitherKafkaNorAKeysetAndThenEnds() throws Exception {
        assertThat(migrate(database.jdbcUrl())).as(log()).isZero();

        var scripts = Path.of("src", "main", "resources", "db", "migration");
        try (var files = Files.list(scripts)) {
            assertThat(texts("select count(*) from flyway_schema_history where success"))
                    .containsExactly(Long.toString(files.count()));
        }
        assertThat(log()).doesNotContain("kafka", "Netty started");
    }

    @Test
    void againWithoutHarm() throws Exception {
        migrate(database.jdbcUrl());
        var tables = texts(TABLES);

        assertThat(migrate(database.jdbcUrl())).as(log()).isZero();
        assertThat(texts(TABLES)).isEqualTo(tables);
    }

    @Test
    void orSaysThatItWasNot() throws Exception {
        var nowhere = database.jdbcUrl().replace(database.name(), "nowhere");

        assertThat(migrate(nowhere)).isEqualTo(1);
        assertThat(log()).contains("nowhere");
    }

    @Test
    void andNotByInstancesThatAreToldNotTo() throws Exception {
        var parts = RunningService.Parts.fresh();
        var own =
                new RunningService.Parts(
                        parts.bootstrapServers(), database, parts.prefix(), parts.keyset());
        migrate(database.jdbcUrl());
        var before = texts("select max(installed_on) from flyway_schema_history");

        var log = folder.resolve("service.log");
        ChildService.start(own, log, "--spring.flyway.enabled=false").close();
        assertThat(Files.readString(log)).doesNotContainIgnoringCase("flyway");
        assertThat(texts("select max(installed_on) from flyway_schema_history")).isEqualTo(before);
    }

    private int migrate(String url) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(ConfigApplication.class.getName());
        command.add("migrate");
        command.add("--spring.flyway.url=" + url);
        command.add("--spring.r2dbc.username=" + database.username());
        command.add("--spring.r2dbc.password=" + database.password());
        command.add("--spring.flyway.connect-retries=0");
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String log() throws Exception {
        return Files.readString(folder.resolve("log"));
    }

    private List<String> texts(String query) throws Exception {
        return DatabaseDump.texts(database, query);
    }
}
