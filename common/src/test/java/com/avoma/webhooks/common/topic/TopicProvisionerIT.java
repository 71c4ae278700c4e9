package com.avoma.webhooks.common.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.avoma.webhooks.testing.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicProvisionerIT {
    private final Admin admin =
            Admin.create(Map.of("bootstrap.servers", TestBroker.bootstrapServers()));
    private final TopicProvisioner provisioner = new TopicProvisioner(admin, 3, -1);
    private final String name = "provisioned-" + UUID.randomUUID();

    @AfterEach
    void closes() {
        admin.close();
    }

    @Test
    void createsWhatIsMissing() throws Exception {
        provisioner.provision(
                List.of(
                        TopicSpec.compacted(name + ".table"),
                        TopicSpec.kept(name, Duration.ofDays(30)).upTo(5_000_000)));
        assertThat(config(name + ".table").get("cleanup.policy").value()).isEqualTo("compact");
        assertThat(config(name).get("cleanup.policy").value()).isEqualTo("delete");
        assertThat(config(name).get("retention.ms").value()).isEqualTo("2592000000");
        assertThat(config(name).get("max.message.bytes").value()).isEqualTo("5000000");
        var topic = admin.describeTopics(List.of(name)).allTopicNames().get().get(name);
        assertThat(topic.partitions()).hasSize(3);
    }

    @Test
    void leavesWhatIsSafeAsItIs() throws Exception {
        create(Map.of("cleanup.policy", "delete", "retention.ms", "-1"));
        provisioner.provision(List.of(TopicSpec.kept(name, Duration.ofDays(7))));
        assertThat(config(name).get("retention.ms").value()).isEqualTo("-1");
    }

    @Test
    void refusesARetentionThatIsTooShort() throws Exception {
        create(Map.of("cleanup.policy", "delete", "retention.ms", "3600000"));
        assertThatThrownBy(() ->
                        provisioner.provision(List.of(TopicSpec.kept(name, Duration.ofDays(7)))))
                .isInstanceOf(UnsafeTopicException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("retention.ms: 3600000 (expected: at least 604800000");
    }

    @Test
    void refusesALimitBySize() throws Exception {
        create(Map.of("cleanup.policy", "delete", "retention.bytes", "1000000"));
        assertThatThrownBy(() ->
                        provisioner.provision(List.of(TopicSpec.kept(name, Duration.ofDays(7)))))
                .isInstanceOf(UnsafeTopicException.class)
                .hasMessageContaining("retention.bytes: 1000000 (expected: -1, no limit)");
    }

    @Test
    void refusesTheWrongCleanUp() throws Exception {
        create(Map.of("cleanup.policy", "compact"));
        assertThatThrownBy(() ->
                        provisioner.provision(List.of(TopicSpec.kept(name, Duration.ofDays(7)))))
                .isInstanceOf(UnsafeTopicException.class)
                .hasMessageContaining("cleanup.policy: compact (expected: delete)");
    }

    @Test
    void refusesATableThatForgets() throws Exception {
        create(Map.of("cleanup.policy", "compact,delete"));
        assertThatThrownBy(() -> provisioner.provision(List.of(TopicSpec.compacted(name))))
                .isInstanceOf(UnsafeTopicException.class)
                .hasMessageContaining("(expected: compact)");
    }

    private void create(Map<String, String> settings) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, 1, (short) 1).configs(settings))).all().get();
    }

    private Config config(String topic) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource)).all().get().get(resource);
    }
}
