package com.avoma.webhooks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.topic.TopicCatalog;
import com.avoma.webhooks.common.topic.TopicSpec;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.delivery.retry.RetryProperties;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.kafka.annotation.KafkaListener;

/// Strimzi's part: the topics as the code has them, and users who may do their work and no more.
class KafkaTest {
    private static final Pattern BEAN = Pattern.compile("@topics\\.(\\w+)\\(\\)");

    private final Installation installation = Installation.of("production");
    private final Topics topics = new Topics("");

    @Test
    void hasEveryTopicAsTheServicesWouldMakeIt() {
        var expected = new TreeMap<String, Map<String, String>>();
        specs().forEach(spec -> expected.put(spec.name(), settings(spec)));
        var actual = new TreeMap<String, Map<String, String>>();
        for (var topic : installation.all("KafkaTopic")) {
            var config = new TreeMap<String, String>();
            Yaml.map(topic, "spec", "config")
                    .forEach((key, value) -> config.put(key, value.toString()));
            assertThat(config.remove("min.insync.replicas")).isEqualTo("2");
            actual.put(Yaml.text(topic, "metadata", "name"), config);
        }
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void spreadsThemAsTheServicesDo() {
        var partitions =
                Binder.get(new org.springframework.core.env.StandardEnvironment())
                        .bindOrCreate("nothing", com.avoma.webhooks.delivery.TopicsProperties.class)
                        .partitions();
        for (var topic : installation.all("KafkaTopic")) {
            assertThat(Yaml.at(topic, "spec", "partitions")).isEqualTo(partitions);
            assertThat(Yaml.at(topic, "spec", "replicas")).isEqualTo(3);
        }
    }

    @Test
    void belongsToOneClusterThatLosesNothingWithOneNode() {
        var cluster = installation.one("Kafka", "webhooks");
        assertThat(Yaml.map(cluster, "spec", "kafka", "config"))
                .containsEntry("auto.create.topics.enable", "false")
                .containsEntry("min.insync.replicas", 2)
                .containsEntry("transaction.state.log.min.isr", 2);
        assertThat(Yaml.at(installation.all("KafkaNodePool").getFirst(), "spec", "replicas"))
                .isEqualTo(3);
        assertThat(installation.all("KafkaTopic", "KafkaUser", "KafkaNodePool"))
                .allSatisfy(object ->
                        assertThat(Yaml.map(object, "metadata", "labels"))
                                .containsEntry("strimzi.io/cluster", "webhooks"));
        for (var service : Installation.SERVICES) {
            assertThat(
                            WorkloadsTest.environment(installation, installation.service(service))
                                    .get("SPRING_KAFKA_BOOTSTRAP_SERVERS"))
                    .startsWith("webhooks-kafka-bootstrap.avoma-webhooks.svc:")
                    .endsWith(":" + Yaml.text(cluster, "spec", "kafka", "listeners", "0", "port"));
        }
    }

    @Test
    void letsOnlyThoseWriteThatTheTopicsAreOf() throws IOException {
        var writers = new TreeMap<String, Set<String>>();
        for (var user : installation.all("KafkaUser")) {
            for (var acl : acls(user, "topic", "Write")) {
                for (var topic : matching(acl)) {
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
                for (var topic : expand(cells.group(1))) {
                    documented.put(topic, users(cells.group(2)));
                }
            }
        }
        assertThat(documented).hasSize(specs().size());
        assertThat(writers).isEqualTo(documented);
    }

    @Test
    void letsEachLookAtTheTopicsThatItChecksAtItsStart() {
        // describing the settings of a topic is a right of its own, which the others do not bring
        var checked =
                Map.of(
                        "config-service",
                        names(
                                "directory",
                                "webhookConfig",
                                "webhookNotifications",
                                "meetingEvents",
                                "routingDecisions",
                                "deliveryJobs",
                                "deliveryAttempts",
                                "deliveryDeadLetters"),
                        "dispatcher-service",
                        names(
                                "directory",
                                "meetingEvents",
                                "meetingEventsDeadLetters",
                                "webhookConfig",
                                "routingDecisions",
                                "deliveryJobs"),
                        "delivery-service",
                        names(
                                "webhookConfig",
                                "deliveryJobs",
                                "deliveryAttempts",
                                "deliveryDeadLetters",
                                "deliveryDeferred",
                                "deliveryRetries"));
        checked.forEach((service, expected) -> {
            var allowed = new TreeSet<String>();
            acls(installation.one("KafkaUser", service), "topic", "DescribeConfigs")
                    .forEach(acl -> allowed.addAll(matching(acl)));
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
                        read.addAll(names(bean.group(1)));
                    }
                }
            }
        }
        assertThat(groups).hasSizeGreaterThan(2);
        assertThat(literals(user, "group", "Read")).isEqualTo(groups);
        assertThat(readable(user)).containsAll(read);
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
        assertThat(readable(user)).isEqualTo(names("meetingEvents", "webhookConfig", "directory"));
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
                        topics.webhookConfig() + "-publisher",
                        topics.webhookNotifications() + "-publisher");
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
                        names(
                                "webhookConfig",
                                "deliveryJobs",
                                "deliveryDeferred",
                                "deliveryRetries"));
        assertThat(acls(user, "topic", "Read"))
                .as("rungs of a ladder of former days")
                .anySatisfy(acl ->
                        assertThat(Yaml.map(acl, "resource"))
                                .containsEntry("name", topics.deliveryRetry(1).replace("1", ""))
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

    @Test
    void showsTheServicesCertificatesToTheBrokers() {
        for (var service : Installation.SERVICES) {
            var workload = installation.service(service);
            var environment = WorkloadsTest.environment(installation, workload);
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

    private List<TopicSpec> specs() {
        var catalog = new TopicCatalog(topics);
        List<TopicSpec> specs = new ArrayList<>(catalog.directory());
        specs.add(catalog.meetingEvents());
        specs.add(catalog.meetingEventsDeadLetters());
        specs.add(catalog.webhookConfig());
        specs.add(catalog.routingDecisions());
        specs.add(catalog.deliveryJobs());
        specs.addAll(catalog.waiting(delays()));
        specs.add(catalog.deliveryDeadLetters());
        specs.add(catalog.deliveryAttempts());
        specs.add(catalog.webhookNotifications());
        return specs;
    }

    private static List<java.time.Duration> delays() {
        return Binder.get(new org.springframework.core.env.StandardEnvironment())
                .bindOrCreate("nothing", RetryProperties.class)
                .delays();
    }

    /// As Kafka names them.
    private static Map<String, String> settings(TopicSpec spec) {
        var settings = new TreeMap<String, String>();
        settings.put("cleanup.policy", spec.compacted() ? "compact" : "delete");
        if (!spec.compacted()) {
            settings.put("retention.ms", Long.toString(spec.retention().toMillis()));
            settings.put("retention.bytes", "-1");
        }
        if (spec.largestRecord() > 0) {
            settings.put("max.message.bytes", Integer.toString(spec.largestRecord()));
        }
        return settings;
    }

    /// The topics of methods of [Topics].
    private Set<String> names(String... methods) {
        var names = new TreeSet<String>();
        for (var method : methods) {
            if (method.equals("deliveryRetries")) {
                names.addAll(topics.deliveryRetries(delays().size()));
            } else if (method.equals("directory")) {
                names.addAll(topics.directory());
            } else {
                try {
                    names.add(Topics.class.getMethod(method).invoke(topics).toString());
                } catch (ReflectiveOperationException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return names;
    }

    private Set<String> expand(String name) {
        return name.endsWith("-") ? names("deliveryRetries") : Set.of(name);
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
        var topics = new TreeSet<String>();
        acls(user, "topic", "Read").forEach(acl -> topics.addAll(matching(acl)));
        return topics;
    }

    /// The topics that an ACL is about; there has to be one.
    private Set<String> matching(Object acl) {
        var name = Yaml.text(acl, "resource", "name");
        boolean prefix = "prefix".equals(Yaml.at(acl, "resource", "patternType"));
        var found =
                specs().stream()
                        .map(TopicSpec::name)
                        .filter(topic -> prefix ? topic.startsWith(name) : topic.equals(name))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(found).as("topics of %s", acl).isNotEmpty();
        return found;
    }
}
