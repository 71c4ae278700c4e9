package com.avoma.webhooks.benchmark.intake;

import com.avoma.webhooks.benchmark.process.JavaCommand;
import com.avoma.webhooks.benchmark.process.MeasuredProcess;
import com.avoma.webhooks.embedded.BrokerProcess;
import com.avoma.webhooks.embedded.DirectoryTree;
import com.avoma.webhooks.embedded.LoopbackPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// What taking records costs with a consumer group, whose member keeps the books of what is done
/// and commits up to there, and with a share group, whose broker keeps them for each record. `java
/// -cp … GroupsBenchmark [records] [rounds]`.
///
/// Each drains the same topic of 12 partitions, bodies of 2 KiB, in turns; both commit every 50 ms.
/// The CPU time of the broker counts with that of the member, because a share group moves work from
/// one to the other.
public final class GroupsBenchmark {
    static final String TOPIC = "jobs";
    private static final int PARTITIONS = 12;
    private static final int BODY = 2048;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final int records;
    private final int rounds;

    private GroupsBenchmark(int records, int rounds) {
        this.records = records;
        this.rounds = rounds;
    }

    public static void main(String[] words) throws Exception {
        // before the first logger exists: logback's own default is DEBUG
        System.setProperty(
                "logback.configurationFile", "com/avoma/webhooks/embedded/process-logback.xml");
        int records = words.length > 0 ? Integer.parseInt(words[0]) : 100_000;
        int rounds = words.length > 1 ? Integer.parseInt(words[1]) : 4;
        new GroupsBenchmark(records, rounds).run();
    }

    private void run() throws Exception {
        var directory = Files.createTempDirectory("webhooks-benchmark-");
        int port = LoopbackPort.free();
        var brokers = "127.0.0.1:" + port;
        try (var broker = broker(directory, port)) {
            prepare(brokers);
            try (var consumer = member("consumer", brokers, directory);
                    var share = member("share", brokers, directory)) {
                for (int round = 0; round < rounds; round++) {
                    publish(brokers);
                    measure(round, consumer, broker);
                    measure(round, share, broker);
                }
            }
        } finally {
            DirectoryTree.delete(directory);
        }
    }

    private static MeasuredProcess broker(Path directory, int port) throws Exception {
        return MeasuredProcess.start(
                "broker",
                JavaCommand.of(
                        BrokerProcess.class,
                        List.of("-Xmx512m"),
                        List.of(
                                "--data",
                                directory.resolve("data").toString(),
                                "--port",
                                Integer.toString(port))),
                directory,
                "kafka ready");
    }

    private static MeasuredProcess member(String kind, String brokers, Path directory)
            throws Exception {
        return MeasuredProcess.start(
                kind,
                JavaCommand.of(
                        GroupMember.class,
                        List.of("-Xmx256m", "-XX:+UseSerialGC"),
                        List.of(kind, brokers)),
                directory,
                "member ready");
    }

    private static void prepare(String brokers) throws Exception {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", brokers))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1))).all().get();
            var group = new ConfigResource(ConfigResource.Type.GROUP, "share");
            admin.incrementalAlterConfigs(
                            Map.of(
                                    group,
                                    List.of(
                                            new AlterConfigOp(
                                                    new ConfigEntry(
                                                            "share.auto.offset.reset", "earliest"),
                                                    OpType.SET))))
                    .all()
                    .get();
        }
    }

    private void publish(String brokers) {
        var settings =
                Map.<String, Object>of(
                        "bootstrap.servers", brokers, "compression.type", "lz4", "linger.ms", 20);
        try (var producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var body = new byte[BODY];
            for (int i = 0; i < records; i++) {
                var _ = producer.send(new ProducerRecord<>(TOPIC, i % PARTITIONS, null, body));
            }
        }
    }

    private void measure(int round, MeasuredProcess member, MeasuredProcess broker)
            throws Exception {
        var before = member.usage();
        var brokerBefore = broker.usage();
        long begun = System.nanoTime();
        member.ask("drain " + records, LIMIT);
        double wall = (System.nanoTime() - begun) / 1e9;
        double own = member.usage().since(before).cpu().toNanos() / 1e9;
        double brokers = broker.usage().since(brokerBefore).cpu().toNanos() / 1e9;
        System.out.printf(
                "round %d, %s group: %,.0f records per CPU s of the member, %,.0f with the broker's,"
                        + " %,.0f per s%n",
                round, member.name(), records / own, records / (own + brokers), records / wall);
    }
}
