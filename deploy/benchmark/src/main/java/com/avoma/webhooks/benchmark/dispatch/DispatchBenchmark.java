package com.avoma.webhooks.benchmark.dispatch;

import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.dispatcher.DispatcherApplication;
import com.avoma.webhooks.embedded.BrokerProcess;
import com.avoma.webhooks.embedded.LoopbackPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Events per CPU second of dispatcher-service, and of [BareLoop], in turns on the same broker:
/// each is warmed with twenty-four drains of its own and then measured on the next ones. Both run
/// with the options of the image, `dispatcher-service/jvm.options`, of `-Dbenchmark.repository`, by
/// default the directory that this is started in. `java -cp … DispatchBenchmark [events] [rounds]
/// [organizations]`.
///
/// An event has a body of 2 KiB, is of any of the organizations, and that has one webhook, which
/// matches.
public final class DispatchBenchmark {
    private final Topics topics = new Topics("");

    /// So many that the compilers of both have little left to do.
    private static final int WARM_UPS = 24;

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
        int port = LoopbackPort.free();
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
            var load = new DispatchLoad(brokers, topics, organizations, 1);
            load.publishOrganizations();
            for (int round = 1 - WARM_UPS; round <= rounds; round++) {
                var ours =
                        drain.of(
                                service,
                                events,
                                () -> load.publishEvents(topics.meetingEvents(), events),
                                topics.deliveryJobs());
                var floor =
                        drain.of(
                                bare,
                                events,
                                () -> load.publishEvents(BareLoop.FROM, events),
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

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
