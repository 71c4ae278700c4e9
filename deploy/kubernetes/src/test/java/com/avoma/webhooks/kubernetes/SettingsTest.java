package com.avoma.webhooks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/// The variables of the pods, held against the properties that the services have.
class SettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void setPropertiesThatTheServicesHave(String overlay) throws IOException {
        var installation = Installation.of(overlay);
        var known = environmentKeys();
        for (var workload : installation.workloads()) {
            assertThat(known)
                    .as(Yaml.text(workload, "metadata", "name"))
                    .containsAll(
                            installation.environment(workload).keySet().stream()
                                    // entries of maps, which the next test looks at
                                    .filter(key ->
                                            !key.matches(
                                                    "SPRING_SECURITY_OAUTH2_CLIENT_(REGISTRATION|PROVIDER)_PRODUCT_.*"))
                                    .toList());
        }
        assertThat(installation.environment(installation.service("config-service")))
                .containsEntry("SPRING_FLYWAY_ENABLED", "false");
        assertThat(installation.environment(installation.one("Job", "migration")))
                .doesNotContainKey("SPRING_FLYWAY_ENABLED");
    }

    /// As Spring Boot reads it from the environment, on the side of the console.
    @ParameterizedTest
    @ValueSource(strings = {"small", "production"})
    void letTheConsoleSignAdminsIn(String overlay) {
        var installation = Installation.of(overlay);
        Map<String, Object> variables =
                new HashMap<>(installation.environment(installation.service("config-service")));
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", variables));
        ConfigurationPropertySources.attach(environment);

        var client =
                Binder.get(environment)
                        .bind("spring.security.oauth2.client", OAuth2ClientProperties.class)
                        .get();
        var registration = client.getRegistration().get("product");
        var provider = client.getProvider().get("product");
        assertThat(registration.getClientId()).isNotBlank();
        assertThat(registration.getClientSecret()).isEqualTo("secret identity/client-secret");
        assertThat(registration.getAuthorizationGrantType()).isEqualTo("authorization_code");
        assertThat(registration.getRedirectUri())
                .isEqualTo("{baseUrl}/login/oauth2/code/{registrationId}");
        assertThat(registration.getScope()).containsExactly("openid");
        assertThat(provider.getAuthorizationUri()).startsWith("https://");
        assertThat(provider.getTokenUri()).startsWith("https://");
        assertThat(provider.getJwkSetUri())
                .startsWith("https://")
                .isEqualTo(variables.get("SPRING_SECURITY_OAUTH2_RESOURCESERVER_JWT_JWK_SET_URI"));
    }

    @Test
    void takeSettingsFromMapsThatThereAreAndSecretsThatTheReadmeNames() throws IOException {
        var readme = Files.readString(Path.of("README.md"));
        for (var overlay : List.of("small", "production")) {
            var installation = Installation.of(overlay);
            Set<String> secrets = new TreeSet<>();
            for (var workload : installation.workloads()) {
                installation.environment(workload).values().stream()
                        .filter(value -> value.startsWith("secret "))
                        .forEach(value -> secrets.add(value.substring(7)));
                for (var volume : Yaml.list(Installation.pod(workload), "volumes")) {
                    if (Yaml.map(volume).containsKey("secret")) {
                        secrets.add(Yaml.text(volume, "secret", "secretName") + "/keyset.json");
                    }
                }
            }
            secrets.removeIf(secret -> secret.endsWith("/user.password")); // Strimzi's
            assertThat(secrets)
                    .containsExactly(
                            "database/password",
                            "database/username",
                            "identity/client-secret",
                            "keyset/keyset.json");
            for (var secret : secrets) {
                assertThat(readme).contains("`" + secret.replace("/", "` | `") + "`");
            }
        }
    }

    @Test
    void giveEachDispatcherANameOfItsOwnThatItKeeps() {
        var workload = Installation.of("production").service("dispatcher-service");

        assertThat(workload).containsEntry("kind", "StatefulSet");
        assertThat(Yaml.list(Installation.container(workload), "env"))
                .contains(
                        Map.of(
                                "name",
                                "WEBHOOKS_DISPATCHER_INSTANCE_ID",
                                "valueFrom",
                                Map.of("fieldRef", Map.of("fieldPath", "metadata.name"))));
        assertThat(
                        Installation.setting(
                                        "dispatcher-service",
                                        "spring.kafka.producer.transaction-id-prefix")
                                .toString())
                .contains("${webhooks.dispatcher.instance-id}");
    }

    @Test
    void showTheBrokersTheCertificatesOfTheServices() {
        var installation = Installation.of("production");
        for (var service : Installation.SERVICES) {
            var workload = installation.service(service);
            var environment = installation.environment(workload);
            assertThat(environment)
                    .containsEntry("SPRING_KAFKA_SECURITY_PROTOCOL", "SSL")
                    .containsEntry(
                            "SPRING_KAFKA_SSL_KEY_STORE_PASSWORD",
                            "secret " + service + "/user.password");
            var mount =
                    Yaml.list(Installation.container(workload), "volumeMounts").stream()
                            .filter(one -> "kafka".equals(Yaml.at(one, "name")))
                            .findFirst()
                            .orElseThrow();
            var volume =
                    Yaml.list(Installation.pod(workload), "volumes").stream()
                            .filter(one -> "kafka".equals(Yaml.at(one, "name")))
                            .findFirst()
                            .orElseThrow();
            var files = new TreeSet<String>();
            var secrets = new ArrayList<String>();
            for (var source : Yaml.list(volume, "projected", "sources")) {
                secrets.add(Yaml.text(source, "secret", "name"));
                for (var item : Yaml.list(source, "secret", "items")) {
                    files.add(
                            "file:"
                                    + Yaml.text(mount, "mountPath")
                                    + "/"
                                    + Yaml.text(item, "path"));
                }
            }
            assertThat(secrets).containsExactlyInAnyOrder(service, "webhooks-cluster-ca-cert");
            assertThat(files)
                    .containsExactlyInAnyOrder(
                            environment.get("SPRING_KAFKA_SSL_KEY_STORE_LOCATION"),
                            environment.get("SPRING_KAFKA_SSL_TRUST_STORE_LOCATION"));
            assertThat(installation.one("KafkaUser", service)).isNotNull();
        }
    }

    /// Of all properties on the class path, as the environment has them.
    private static Set<String> environmentKeys() throws IOException {
        Set<String> keys = new HashSet<>();
        var metadata =
                SettingsTest.class
                        .getClassLoader()
                        .getResources("META-INF/spring-configuration-metadata.json");
        for (var resource : Collections.list(metadata)) {
            try (var in = resource.openStream()) {
                Map<?, ?> content = Json.read(in.readAllBytes(), Map.class);
                for (var property : Yaml.list(content, "properties")) {
                    var name = Yaml.text(property, "name").replace(".", "_");
                    // Spring takes both forms
                    keys.add(name.replace("-", "").toUpperCase(Locale.ROOT));
                    keys.add(name.replace("-", "_").toUpperCase(Locale.ROOT));
                }
            }
        }
        return keys;
    }
}
