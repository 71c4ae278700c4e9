package com.avoma.webhooks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.topic.TopicSpec;
import com.avoma.webhooks.delivery.TopicsProperties;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;

/// The topics and the cluster of Strimzi, held against what the services would make.
class TopicsTest {
    private final Installation installation = Installation.of("production");

    private final KnownTopics topics = new KnownTopics();

    @Test
    void hasEveryTopicAsTheServicesWouldMakeIt() {
        var expected = new TreeMap<String, Map<String, String>>();
        topics.specs().forEach(spec -> expected.put(spec.name(), settings(spec)));
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
                Binder.get(new StandardEnvironment())
                        .bindOrCreate("nothing", TopicsProperties.class)
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
                            installation
                                    .environment(installation.service(service))
                                    .get("SPRING_KAFKA_BOOTSTRAP_SERVERS"))
                    .startsWith("webhooks-kafka-bootstrap.avoma-webhooks.svc:")
                    .endsWith(":" + Yaml.text(cluster, "spec", "kafka", "listeners", "0", "port"));
        }
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
}
