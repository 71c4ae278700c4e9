package com.avoma.webhooks.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/// docker-compose.yml, held against the code and the files that it names: where no engine runs, it
/// would be wrong without anybody noticing.
class ComposeTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Set<String> SERVICES =
            Set.of("config-service", "dispatcher-service", "delivery-service");
    private static final Pattern PINNED = Pattern.compile(".+:v?\\d+\\.\\d+.*");

    /// Of the Compose specification: what is used here and spelled so.
    private static final Set<String> KEYS =
            Set.of(
                    "build",
                    "cap_drop",
                    "command",
                    "depends_on",
                    "entrypoint",
                    "environment",
                    "healthcheck",
                    "image",
                    "mem_limit",
                    "ports",
                    "read_only",
                    "restart",
                    "security_opt",
                    "stop_grace_period",
                    "tmpfs",
                    "user",
                    "volumes");

    private final Map<String, Object> file = yaml("docker-compose.yml");
    private final Map<String, Object> services = map(file.get("services"));

    @Test
    void isSpelledAsTheSpecificationHasIt() {
        assertThat(file.keySet())
                .filteredOn(key -> !key.startsWith("x-"))
                .containsExactlyInAnyOrder("name", "services", "volumes");
        services.forEach(
                (name, service) -> assertThat(KEYS).as(name).containsAll(map(service).keySet()));
    }

    @Test
    void pinsEveryImageAndLimitsItsMemory() {
        services.forEach((name, service) -> {
            assertThat(map(service).get("image").toString()).as(name).matches(PINNED);
            assertThat(map(service)).as(name).containsKey("mem_limit");
        });
        assertThat(service("kafka-1").get("image"))
                .isEqualTo("apache/kafka:" + AppInfoParser.getVersion());
    }

    @Test
    void knowsWhetherAPartIsHealthy() {
        services.forEach((name, service) -> {
            boolean once = name.equals("keyset");
            boolean ours = SERVICES.contains(name); // the image has a check
            assertThat(map(service).containsKey("healthcheck")).as(name).isEqualTo(!once && !ours);
        });
    }

    @Test
    void waitsForPartsThatThereAre() {
        services.forEach((name, service) ->
                assertThat(services.keySet())
                        .as(name)
                        .containsAll(map(map(service).get("depends_on")).keySet()));
    }

    @Test
    void mountsFilesAndVolumesThatThereAre() {
        var volumes = map(file.get("volumes")).keySet();
        services.forEach((name, service) -> {
            for (var volume : list(map(service).get("volumes"))) {
                var source = volume.toString().split(":")[0];
                boolean there =
                        source.startsWith("./")
                                ? Files.exists(ROOT.resolve(source))
                                : volumes.contains(source);
                assertThat(there).as("%s: %s", name, volume).isTrue();
            }
        });
    }

    @Test
    void setsPropertiesThatTheServicesHave() throws IOException {
        var known = environmentKeys();
        for (var name : SERVICES) {
            assertThat(known).as(name).containsAll(map(service(name).get("environment")).keySet());
        }
    }

    @Test
    void givesEachServiceThePortsOfItsProperties() {
        for (var name : SERVICES) {
            var build = map(service(name).get("build"));
            var arguments = map(build.get("args"));
            assertThat(arguments.get("SERVICE")).isEqualTo(name);
            var properties = yaml(name + "/src/main/resources/application.yaml");
            var management = map(properties.get("management"));
            var port =
                    management.containsKey("server.port")
                            ? management.get("server.port")
                            : map(management.get("server")).get("port");
            assertThat(arguments.get("MANAGEMENT_PORT")).as(name).isEqualTo(port.toString());
        }
    }

    @Test
    void scrapesTheServicesWhereTheyAre() {
        var targets = new ArrayList<String>();
        for (var job : list(yaml("deploy/prometheus/prometheus.yml").get("scrape_configs"))) {
            var hosts = map(list(map(job).get("static_configs")).getFirst());
            targets.add(list(hosts.get("targets")).getFirst().toString());
        }
        var expected =
                SERVICES.stream()
                        .map(name -> {
                            var build = map(service(name).get("build"));
                            return name + ":" + map(build.get("args")).get("MANAGEMENT_PORT");
                        })
                        .toList();
        assertThat(targets).containsExactlyInAnyOrderElementsOf(expected);
    }

    /// Of all properties on the class path, as the environment has them.
    private static Set<String> environmentKeys() throws IOException {
        Set<String> keys = new HashSet<>();
        var metadata =
                ComposeTest.class
                        .getClassLoader()
                        .getResources("META-INF/spring-configuration-metadata.json");
        for (var resource : Collections.list(metadata)) {
            try (var in = resource.openStream()) {
                Map<?, ?> content = Json.read(in.readAllBytes(), Map.class);
                for (var property : list(content.get("properties"))) {
                    var name = map(property).get("name").toString().replace(".", "_");
                    // Spring takes both forms
                    keys.add(name.replace("-", "").toUpperCase(Locale.ROOT));
                    keys.add(name.replace("-", "_").toUpperCase(Locale.ROOT));
                }
            }
        }
        return keys;
    }

    private Map<String, Object> service(String name) {
        return map(services.get(name));
    }

    private static Map<String, Object> yaml(String path) {
        try {
            return new Yaml().load(Files.readString(ROOT.resolve(path)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return value == null ? List.of() : (List<Object>) value;
    }
}
