package com.avoma.webhooks.benchmark.dispatch;

import com.avoma.webhooks.common.directory.Organization;
import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.subscription.Subscription;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.dispatcher.DispatcherApplication;
import com.avoma.webhooks.embedded.BrokerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Events per CPU second of dispatcher-service, and of [BareLoop], in turns on the same broker:
/// each is warmed with twelve drains of its own and then measured on the next ones. Both run with
/// the options of the image, `dispatcher-service/jvm.options`, of `-Dbenchmark.repository`, by
/// default the directory that this is started in. `java -cp … DispatchBenchmark [events] [rounds]
/// [organizations]`.
///
/// An event has a body of 2 KiB, is of any of the organizations, and that has one webhook, which
/// matches.
public final class DispatchBenchmark {
    private static final int BODY = 2048;
    private static final String TYPE = TriggerEvent.MEETING_BOOKED_VIA_SCHEDULER.name();

    private final Topics topics = new Topics("");

    /// So many that the compilers of both have little left to do.
    private static final int WARM_UPS = 12;

    private final int events;
    private final int rounds;
    private final int organizations;

    private DispatchBenchmark(int events, int rounds, int organizations) {
        this.events = events;
        this.rounds = rounds;
        this.organizations = organizations;
    }

    public static void main(String[] words) throws Exception {
        // before the first logger exists: logback's own default is DEBUG
        System.setProperty(
                "logback.configurationFile", "com/avoma/webhooks/embedded/process-logback.xml");
        int events = words.length > 0 ? Integer.parseInt(words[0]) : 100_000;
        int rounds = words.length > 1 ? Integer.parseInt(words[1]) : 2;
        int organizations = words.length > 2 ? Integer.parseInt(words[2]) : 1;
        new DispatchBenchmark(events, rounds, organizations).run();
    }

    private void run() throws Exception {
        var directory = Files.createTempDirectory("webhooks-benchmark");
        int port = Child.freePort();
        try (var broker =
                Child.start(
                        BrokerProcess.class,
                        directory.resolve("broker.log"),
                        List.of("-Xmx512m", "-XX:+UseParallelGC"),
                        "--data",
                        directory.resolve("data").toString(),
                        "--port",
                        Integer.toString(port))) {
            broker.awaitLine("kafka ready");
            measure("127.0.0.1:" + port, directory);
        } finally {
            delete(directory);
        }
    }

    private void measure(String brokers, Path directory) throws Exception {
        try (var service = dispatcher(brokers, directory);
                var bare = bare(brokers, directory);
                var drain = new Drain(brokers)) {
            service.awaitLine("Started DispatcherApplication");
            bare.awaitLine("bare loop ready");
            publishOrganizations(brokers);
            for (int round = 1 - WARM_UPS; round <= rounds; round++) {
                var ours =
                        drain.of(
                                service,
                                events,
                                () -> publishEvents(brokers, topics.meetingEvents()),
                                topics.deliveryJobs());
                var floor =
                        drain.of(
                                bare,
                                events,
                                () -> publishEvents(brokers, BareLoop.FROM),
                                BareLoop.TO);
                System.out.printf(
                        "%s: dispatcher-service %s; bare loop %s; ratio %.2f%n",
                        round <= 0 ? "warm-up" : "round " + round,
                        ours,
                        floor,
                        ours.perCpuSecond() / floor.perCpuSecond());
            }
        }
    }

    private static Child dispatcher(String brokers, Path directory) throws IOException {
        return Child.start(
                DispatcherApplication.class,
                directory.resolve("dispatcher.log"),
                options(),
                "--spring.kafka.bootstrap-servers=" + brokers,
                "--management.server.port=0",
                "--management.server.address=127.0.0.1",
                "--server.address=127.0.0.1");
    }

    private static Child bare(String brokers, Path directory) throws IOException {
        return Child.start(BareLoop.class, directory.resolve("bare.log"), options(), brokers);
    }

    private static List<String> options() {
        var options = System.getProperty("benchmark.options", "");
        var repository = Path.of(System.getProperty("benchmark.repository", ""));
        return options.isEmpty()
                ? List.of("@" + repository.resolve("dispatcher-service", "jvm.options"), "-Xmx512m")
                : List.of(options.split("@"));
    }

    private void publishOrganizations(String brokers) {
        try (var producer = Drain.producer(brokers)) {
            for (int i = 0; i < organizations; i++) {
                var uuid = organization(i);
                send(
                        producer,
                        topics.organizations(),
                        uuid,
                        new Organization(uuid, "Acme", Plan.ENTERPRISE));
                send(
                        producer,
                        topics.webhookConfig(),
                        uuid,
                        new OrganizationSnapshot(
                                uuid, 1, Instant.EPOCH, List.of(), List.of(webhook(i))));
            }
        }
    }

    private static UUID organization(int number) {
        return Uuids.of(1, number, 0);
    }

    private static Subscription webhook(int number) {
        return new Subscription(
                Uuids.of(4, number, 0), TYPE, "https://example.com/", true, Set.of(), List.of());
    }

    private static void send(
            KafkaProducer<byte[], byte[]> producer, String topic, UUID key, Object value) {
        var _ = producer.send(new ProducerRecord<>(topic, utf8(key.toString()), Json.write(value)));
    }

    private void publishEvents(String brokers, String topic) {
        try (var producer = Drain.producer(brokers)) {
            var random = new SplittableRandom(7);
            for (int i = 0; i < events; i++) {
                var id = new UUID(System.nanoTime(), i).toString();
                var record = new ProducerRecord<>(topic, utf8(id), body(i));
                var headers = record.headers();
                headers.add("ce_specversion", utf8("1.0"));
                headers.add("ce_id", utf8(id));
                headers.add("ce_source", utf8("/meetings"));
                headers.add("ce_type", utf8(TYPE));
                headers.add("ce_time", utf8("2026-11-01T10:00:00.123Z"));
                headers.add(
                        "ce_organizationid",
                        utf8(organization(random.nextInt(organizations)).toString()));
                headers.add("ce_userid", utf8(new UUID(3, i % 100).toString()));
                headers.add("content-type", utf8("application/json"));
                var _ = producer.send(record);
            }
        }
    }

    /// The sample and a field more, which makes it as long as it shall be.
    private static byte[] body(int number) {
        var sample = TriggerEvent.MEETING_BOOKED_VIA_SCHEDULER.sample().text();
        var body = new StringBuilder(sample);
        body.setLength(body.length() - 1);
        body.append(",\"number\":").append(number).append(",\"notes\":[");
        for (int i = 0; body.length() < BODY - 100; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"speaker\":\"Ada ")
                    .append(number * 31 + i)
                    .append("\",\"text\":\"They agreed on a date\"}");
        }
        body.append("],\"rest\":\"");
        body.append("x".repeat(Math.max(0, BODY - body.length() - 2))).append("\"}");
        return utf8(body.toString());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
