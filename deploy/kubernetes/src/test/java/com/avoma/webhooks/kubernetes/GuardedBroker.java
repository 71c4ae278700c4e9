package com.avoma.webhooks.kubernetes;

import com.avoma.webhooks.embedded.BrokerSettings;
import com.avoma.webhooks.embedded.LoopbackPort;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/// A real broker as the manifests have it: certificates on both sides, topics and rights as in
/// `kafka`, nothing allowed beyond them.
final class GuardedBroker implements AutoCloseable {
    private final KafkaRaftServer server;
    private final String address;
    private final Certificates certificates;

    private GuardedBroker(KafkaRaftServer server, String address, Certificates certificates) {
        this.server = server;
        this.address = address;
        this.certificates = certificates;
    }

    static GuardedBroker start(Path logs, Certificates certificates) throws Exception {
        var address = "127.0.0.1:" + LoopbackPort.free();
        var controller = "127.0.0.1:" + LoopbackPort.free();
        try (var silent =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silent)
                    .setNodeId(1)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName("CONTROLLER")
                    .addDirectory(logs.toString())
                    .setMetadataLogDirectory(logs.toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .run();
        }
        var settings = new Properties();
        settings.putAll(BrokerSettings.noticedByClients());
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.voters", "1@" + controller);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("listeners", "TLS://" + address + ",CONTROLLER://" + controller);
        settings.put("advertised.listeners", "TLS://" + address);
        settings.put("listener.security.protocol.map", "TLS:SSL,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "TLS");
        settings.put("log.dirs", logs.toString());
        settings.put("log.cleaner.dedupe.buffer.size", "8388608");
        settings.putAll(certificates.client("broker"));
        settings.remove("security.protocol");
        settings.put("ssl.client.auth", "required");
        settings.put(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        // the controller's listener is asked by the broker itself alone
        settings.put("super.users", "User:CN=broker;User:CN=admin;User:ANONYMOUS");
        var server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        server.startup();
        return new GuardedBroker(server, address, certificates);
    }

    String address() {
        return address;
    }

    /// The settings of a client that is somebody.
    Map<String, Object> client(String name) throws Exception {
        var settings = new HashMap<>(certificates.client(name));
        settings.put("bootstrap.servers", address);
        return settings;
    }

    /// Makes topics and rights, as Strimzi's operators do.
    void take(Installation installation) throws Exception {
        List<NewTopic> topics = new ArrayList<>();
        for (var topic : installation.all("KafkaTopic")) {
            var config = new HashMap<String, String>();
            Yaml.map(topic, "spec", "config")
                    .forEach((key, value) -> config.put(key, value.toString()));
            config.remove("min.insync.replicas");
            var name = Yaml.text(topic, "metadata", "name");
            topics.add(new NewTopic(name, 2, (short) 1).configs(config));
        }
        List<AclBinding> rights = new ArrayList<>();
        for (var user : installation.all("KafkaUser")) {
            for (var acl : Yaml.list(user, "spec", "authorization", "acls")) {
                for (var operation : Yaml.list(acl, "operations")) {
                    rights.add(
                            new AclBinding(
                                    resource(Yaml.map(acl, "resource")),
                                    new AccessControlEntry(
                                            "User:CN=" + Yaml.text(user, "metadata", "name"),
                                            "*",
                                            AclOperation.fromString(words(operation.toString())),
                                            AclPermissionType.ALLOW)));
                }
            }
        }
        try (var admin = Admin.create(client("admin"))) {
            admin.createTopics(topics).all().get();
            admin.createAcls(rights).all().get();
        }
    }

    private static ResourcePattern resource(Map<String, Object> resource) {
        return new ResourcePattern(
                ResourceType.fromString(words(resource.get("type").toString())),
                resource.get("name").toString(),
                resource.get("patternType").equals("prefix")
                        ? PatternType.PREFIXED
                        : PatternType.LITERAL);
    }

    /// `transactionalId` as Kafka spells it, `TRANSACTIONAL_ID`.
    private static String words(String text) {
        return text.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(java.util.Locale.ROOT);
    }

    @Override
    public void close() {
        server.shutdown();
    }
}
