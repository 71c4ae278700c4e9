package com.avoma.webhooks.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// Broker settings of nodes that are both controller and broker, for one machine.
public final class BrokerSettings {
    static final String CONTROLLER = "CONTROLLER";

    /// Internal topics are small here, and every partition costs start-up time.
    private static final Map<String, Integer> INTERNAL_TOPICS =
            Map.of(
                    "offsets.topic.num.partitions", 8,
                    "transaction.state.log.num.partitions", 8,
                    "share.coordinator.state.topic.num.partitions", 4);

    private static final List<String> REPLICAS =
            List.of(
                    "offsets.topic.replication.factor",
                    "transaction.state.log.replication.factor",
                    "share.coordinator.state.topic.replication.factor",
                    "default.replication.factor");

    private static final List<String> MINIMUM_IN_SYNC =
            List.of(
                    "transaction.state.log.min.isr",
                    "share.coordinator.state.topic.min.isr",
                    "min.insync.replicas");

    /// Short sessions: a member or broker that was killed is noticed within seconds (45 s by
    /// default).
    private static final Map<String, Integer> SESSIONS =
            Map.of(
                    "broker.session.timeout.ms", 3_000,
                    "broker.heartbeat.interval.ms", 500,
                    "group.initial.rebalance.delay.ms", 0,
                    "group.consumer.min.session.timeout.ms", 5_000,
                    "group.consumer.session.timeout.ms", 10_000,
                    "group.consumer.min.heartbeat.interval.ms", 500,
                    "group.consumer.heartbeat.interval.ms", 1_000,
                    "group.share.min.heartbeat.interval.ms", 500,
                    "group.share.heartbeat.interval.ms", 1_000);

    /// The cleaner's default buffer alone is 128 MiB of heap.
    private static final Map<String, Integer> MEMORY =
            Map.of(
                    "log.cleaner.dedupe.buffer.size", 8 << 20,
                    "num.network.threads", 2,
                    "num.io.threads", 4,
                    "background.threads", 2,
                    "num.recovery.threads.per.data.dir", 2);

    private BrokerSettings() {}

    /// What clients notice of these settings of a broker that is alone; one in a container is given
    /// the same.
    public static Map<String, String> noticedByClients() {
        return noticedByClients(1, 1);
    }

    private static Map<String, String> noticedByClients(int replicas, int minimumInSync) {
        Map<String, String> settings = new HashMap<>();
        settings.put("auto.create.topics.enable", "false");
        INTERNAL_TOPICS.forEach((key, value) -> settings.put(key, value.toString()));
        SESSIONS.forEach((key, value) -> settings.put(key, value.toString()));
        REPLICAS.forEach(key -> settings.put(key, Integer.toString(replicas)));
        MINIMUM_IN_SYNC.forEach(key -> settings.put(key, Integer.toString(minimumInSync)));
        return settings;
    }

    static Properties of(Path logs, int port, Node node) {
        String host = LoopbackPort.HOST;
        Properties settings = new Properties();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(node.id()));
        settings.put("controller.quorum.voters", node.quorum());
        settings.put("controller.listener.names", CONTROLLER);
        settings.put(
                "listeners",
                "PLAINTEXT://%s:%d,%s://%s:%d"
                        .formatted(host, port, CONTROLLER, host, node.controllerPort()));
        int advertised = node.advertisedPort() == 0 ? port : node.advertisedPort();
        settings.put("advertised.listeners", "PLAINTEXT://%s:%d".formatted(host, advertised));
        settings.put(
                "listener.security.protocol.map",
                "PLAINTEXT:PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
        settings.put("log.dirs", logs.toString());
        settings.put("controlled.shutdown.enable", "true");
        settings.putAll(noticedByClients(node.replicas(), node.minimumInSync()));
        MEMORY.forEach((key, value) -> settings.put(key, value.toString()));
        return settings;
    }
}
