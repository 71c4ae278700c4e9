package com.avoma.webhooks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.topic.Topics;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.annotation.KafkaListener;

/// The users of Strimzi: each may do its work and no more. `TheUsersRightsAreEnoughIT` sees that it
/// is enough.
class UsersTest {
    private static final Pattern BEAN = Pattern.compile("@topics\\.(\\w+)\\(\\)");

    private final Installation installation = Installation.of("production");

    private final KnownTopics topics = new KnownTopics();

    @Test
    void letsOnlyThoseWriteThatTheTopicsAreOf() throws IOException {
        var writers = new TreeMap<String, Set<String>>();
        for (var user : installation.all("KafkaUser")) {
            for (var acl : acls(user, "topic", "Write")) {
                for (var topic : topics.matching(acl)) {
                    writers.computeIfAbsent(topic, _ -> new TreeSet<>())
                            .add(Yaml.text(user, "metadata", "name"));
                }
            }
        }
        // docs/topics.md: | `topic` | written by | …
        var documented = new TreeMap<String, Set<String>>();
        var row = Pattern.compile("^\\| `([a-z.-]+)` \\| ([^|]+) \\|");
        var table =
                Files.readString(Installation.ROOT.resolve("docs/topics.md"))
                        .split("written by")[1]
                        .split("\n\n")[0];
        for (var line : table.split("\n")) {
            var cells = row.matcher(line.replace("`delivery-retry-1` … `-n`", "`delivery-retry-`"));
            if (cells.find()) {
                for (var topic : topics.expand(cells.group(1))) {
                    documented.put(topic, users(cells.group(2)));
                }
            }
        }
        assertThat(documented).hasSize(topics.specs().size());
        assertThat(writers).isEqualTo(documented);
    }

    @Test
    void letsEachLookAtTheTopicsThatItChecksAtItsStart() {
        // describing the settings of a topic is a right of its own, which the others do not bring
        var checked =
                Map.of(
                        "config-service",
                        topics.names(
                                "directory",
                                "webhookConfig",
                                "webhookNotifications",
                                "meetingEvents",
                                "routingDecisions",
                                "deliveryJobs",
                                "deliveryAttempts",
                                "deliveryDeadLetters"),
                        "dispatcher-service",
                        topics.names(
                                "directory",
                                "meetingEvents",
                                "meetingEventsDeadLetters",
                                "webhookConfig",
                                "routingDecisions",
                                "deliveryJobs"),
                        "delivery-service",
                        topics.names(
                                "webhookConfig",
                                "deliveryJobs",
                                "deliveryAttempts",
                                "deliveryDeadLetters",
                                "deliveryDeferred",
                                "deliveryRetries"));
        checked.forEach((service, expected) -> {
            var allowed = new TreeSet<String>();
            acls(installation.one("KafkaUser", service), "topic", "DescribeConfigs")
                    .forEach(acl -> allowed.addAll(topics.matching(acl)));
            assertThat(allowed).as(service).isEqualTo(expected);
        });
    }

    @Test
    void letsConfigServiceReadWhatItListensTo() {
        var user = installation.one("KafkaUser", "config-service");
        var groups = new TreeSet<String>();
        var read = new TreeSet<String>();
        for (var type : new ClassFileImporter().importPackages("com.avoma.webhooks.config")) {
            for (var method : type.getMethods()) {
                if (method.isAnnotatedWith(KafkaListener.class)) {
                    var listener = method.getAnnotationOfType(KafkaListener.class);
                    groups.add(listener.groupId().replace("#{@topics.prefix()}", ""));
                    for (var topic : listener.topics()) {
                        var bean = BEAN.matcher(topic);
                        assertThat(bean.find()).isTrue();
                        read.addAll(topics.names(bean.group(1)));
                    }
                }
            }
        }
        assertThat(groups).hasSizeGreaterThan(2);
        assertThat(literals(user, "group", "Read")).isEqualTo(groups);
        assertThat(readable(user)).containsAll(read);
    }

    /// For deliveries that are overdue, which `TheUsersRightsAreEnoughIT` has none of.
    @Test
    void letsConfigServiceLookForJobs() throws IOException {
        var user = installation.one("KafkaUser", "config-service");
        var source =
                Files.readString(
                        Installation.ROOT.resolve(
                                "config-service/src/main/java/com/avoma/webhooks/config/ledger/PendingJobsClient.java"));

        var groups = literals(user, "group", "Describe");
        assertThat(groups).containsExactly("delivery-service", "delivery-service-retries");
        assertThat(groups)
                .allSatisfy(group ->
                        assertThat(source).contains("topics.prefix() + \"" + group + "\""));
        assertThat(readable(user))
                .containsAll(topics.names("deliveryJobs", "deliveryRetries", "deliveryDeferred"));
    }

    @Test
    void letsDispatcherReadAndCommit() {
        var user = installation.one("KafkaUser", "dispatcher-service");
        var group =
                Installation.setting("dispatcher-service", "spring.kafka.consumer.group-id")
                        .toString();
        var transactions =
                Installation.setting(
                                "dispatcher-service", "spring.kafka.producer.transaction-id-prefix")
                        .toString();

        assertThat(literals(user, "group", "Read"))
                .containsExactly(group.replace("${webhooks.topics.prefix:}", ""));
        assertThat(readable(user))
                .isEqualTo(topics.names("meetingEvents", "webhookConfig", "directory"));
        assertThat(acls(user, "transactionalId", "Write"))
                .extracting(acl -> Yaml.map(acl, "resource"))
                .containsExactly(
                        Map.of(
                                "type", "transactionalId",
                                "name",
                                        transactions
                                                .replace("${webhooks.topics.prefix:}", "")
                                                .replaceAll("\\$\\{.*", ""),
                                "patternType", "prefix"));
    }

    @Test
    void letsConfigServicePublishEachTopicAsItsOnePublisher() {
        var user = installation.one("KafkaUser", "config-service");

        assertThat(literals(user, "transactionalId", "Write"))
                .containsExactlyInAnyOrder(
                        new Topics("").webhookConfig() + "-publisher",
                        new Topics("").webhookNotifications() + "-publisher");
    }

    @Test
    void letsDeliveryReadJobsAndWhatWaits() throws IOException {
        var user = installation.one("KafkaUser", "delivery-service");
        var source =
                Files.readString(
                        Installation.ROOT.resolve(
                                "delivery-service/src/main/java/com/avoma/webhooks/delivery/intake/IntakeConfiguration.java"));
        assertThat(source)
                .contains("topics.prefix() + \"delivery-service\"", "group + \"-retries\"");

        assertThat(literals(user, "group", "Read"))
                .containsExactlyInAnyOrder("delivery-service", "delivery-service-retries");
        assertThat(readable(user))
                .isEqualTo(
                        topics.names(
                                "webhookConfig",
                                "deliveryJobs",
                                "deliveryDeferred",
                                "deliveryRetries"));
        assertThat(acls(user, "topic", "Read"))
                .as("rungs of a ladder of former days")
                .anySatisfy(acl ->
                        assertThat(Yaml.map(acl, "resource"))
                                .containsEntry(
                                        "name", new Topics("").deliveryRetry(1).replace("1", ""))
                                .containsEntry("patternType", "prefix"));
        assertThat(acls(user, "transactionalId", "Write")).isEmpty();
    }

    @Test
    void letsNobodyDoMore() {
        for (var user : installation.all("KafkaUser")) {
            for (var acl : Yaml.list(user, "spec", "authorization", "acls")) {
                var type = Yaml.text(acl, "resource", "type");
                assertThat(Yaml.list(acl, "operations"))
                        .as("%s %s", Yaml.at(user, "metadata", "name"), acl)
                        .isSubsetOf(
                                switch (type) {
                                    case "topic" ->
                                            List.of("Read", "Write", "Describe", "DescribeConfigs");
                                    case "group" -> List.of("Read", "Describe");
                                    default -> List.of("Write", "Describe");
                                });
                assertThat(type).isIn("topic", "group", "transactionalId");
                assertThat(Yaml.text(acl, "resource", "name")).isNotEqualTo("*");
            }
        }
        assertThat(readable(installation.one("KafkaUser", "product-services"))).isEmpty();
    }

    /// Of a cell of docs/topics.md.
    private static Set<String> users(String cell) {
        return Pattern.compile(", ")
                .splitAsStream(cell.strip())
                .map(one ->
                        one.startsWith("the product") || one.startsWith("product")
                                ? "product-services"
                                : one)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Object> acls(Map<String, Object> user, String type, String operation) {
        return Yaml.list(user, "spec", "authorization", "acls").stream()
                .filter(acl -> type.equals(Yaml.at(acl, "resource", "type")))
                .filter(acl -> Yaml.list(acl, "operations").contains(operation))
                .toList();
    }

    private static Set<String> literals(Map<String, Object> user, String type, String operation) {
        return acls(user, type, operation).stream()
                .filter(acl -> "literal".equals(Yaml.at(acl, "resource", "patternType")))
                .map(acl -> Yaml.text(acl, "resource", "name"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> readable(Map<String, Object> user) {
        var found = new TreeSet<String>();
        acls(user, "topic", "Read").forEach(acl -> found.addAll(topics.matching(acl)));
        return found;
    }
}
