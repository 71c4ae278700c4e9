package com.avoma.webhooks.benchmark.delivery;

import com.avoma.webhooks.benchmark.client.BareClient;
import com.avoma.webhooks.benchmark.load.LoadPublisher;
import com.avoma.webhooks.benchmark.load.TopicProgress;
import com.avoma.webhooks.benchmark.load.Webhooks;
import com.avoma.webhooks.benchmark.process.GcLog;
import com.avoma.webhooks.benchmark.process.JavaCommand;
import com.avoma.webhooks.benchmark.process.MeasuredProcess;
import com.avoma.webhooks.benchmark.receiver.ReceiverProcess;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.embedded.BrokerProcess;
import com.avoma.webhooks.embedded.LoopbackPort;
import com.avoma.webhooks.quickstart.identity.TlsFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The processes of a scenario: a broker, a receiver, and delivery-service as it is packaged, with
/// every guarantee on. They end with this object, the last one first.
final class Parts implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final String GC_LOG = "gc.log";

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Setting setting;
    private final TlsFiles tls;
    private final String brokers;
    private final MeasuredProcess broker;
    private final MeasuredProcess receiver;
    private final List<Integer> ports;

    private Parts(Setting setting) throws IOException, InterruptedException {
        var directory = setting.directory();
        this.setting = setting;
        this.tls =
                TlsFiles.in(Files.createDirectories(directory.resolve("tls")), Clock.systemUTC());
        int port = LoopbackPort.free();
        this.brokers = "127.0.0.1:" + port;
        this.broker =
                begin(
                        "broker",
                        JavaCommand.of(
                                BrokerProcess.class,
                                List.of("-Xmx512m"),
                                List.of(
                                        "--data",
                                        directory.resolve("kafka").toString(),
                                        "--port",
                                        Integer.toString(port))),
                        "kafka ready");
        this.receiver =
                begin(
                        "receiver",
                        JavaCommand.of(
                                ReceiverProcess.class,
                                List.of("-Xmx256m", "-XX:+UseSerialGC"),
                                List.of(
                                        Integer.toString(Setting.WEBHOOKS),
                                        tls.certificate().toString(),
                                        tls.key().toString())),
                        "receiver ready");
        this.ports = ports(receiver.printed());
    }

    static Parts start(Setting setting) throws IOException, InterruptedException {
        return new Parts(setting);
    }

    MeasuredProcess broker() {
        return broker;
    }

    MeasuredProcess receiver() {
        return receiver;
    }

    /// Tells the receiver something, see [ReceiverProcess].
    String tell(String line) throws InterruptedException {
        return receiver.ask(line, ANSWER);
    }

    /// Starts delivery-service and publishes where its webhooks lead.
    ///
    /// @param flags of its JVM
    MeasuredProcess startService(List<String> flags) throws IOException, InterruptedException {
        var keyset = setting.directory().resolve("keyset.json");
        Files.writeString(keyset, SecretCipher.newKeyset());
        List<String> all = new ArrayList<>(flags);
        all.add(GcLog.option(gcLog()));
        var service =
                begin(
                        "delivery-service",
                        JavaCommand.of(
                                setting.serviceJar(),
                                all,
                                List.of(
                                        "--spring.kafka.bootstrap-servers=" + brokers,
                                        "--management.server.port=" + LoopbackPort.free(),
                                        "--server.address=127.0.0.1",
                                        "--webhooks.secrets.keyset=file:" + keyset,
                                        "--webhooks.delivery.egress.allowed-networks=127.0.0.0/8,::1/128",
                                        "--spring.ssl.bundle.pem.receivers.truststore.certificate=file:"
                                                + tls.authority(),
                                        "--webhooks.delivery.tls.trust-bundle=receivers")),
                        "delivery.started");
        try (var publisher = publisher()) {
            publisher.publishWebhooks(SecretCipher.of("file:" + keyset));
        }
        return service;
    }

    Path gcLog() {
        return setting.directory().resolve(GC_LOG);
    }

    /// Starts the baseline, with as many requests in flight as delivery-service has.
    MeasuredProcess startBareClient() throws IOException, InterruptedException {
        return begin(
                "bare client",
                JavaCommand.of(
                        BareClient.class,
                        ServiceFlags.PRODUCTION,
                        List.of(
                                tls.authority().toString(),
                                Integer.toString(Setting.IN_FLIGHT_PER_WEBHOOK),
                                Integer.toString(Setting.BODY),
                                String.join(",", ports.stream().map(Object::toString).toList()))),
                "bare client ready");
    }

    LoadPublisher publisher() {
        return new LoadPublisher(brokers, new Webhooks(ports));
    }

    TopicProgress progress() {
        var progress = new TopicProgress(brokers);
        open.push(progress);
        return progress;
    }

    private MeasuredProcess begin(String name, List<String> command, String readyWhen)
            throws IOException, InterruptedException {
        try {
            var process = MeasuredProcess.start(name, command, setting.directory(), readyWhen);
            open.push(process);
            return process;
        } catch (IOException | IllegalStateException | InterruptedException e) {
            close();
            throw e;
        }
    }

    private static List<Integer> ports(String printed) {
        var line = printed.lines().filter(one -> one.startsWith("receiver ready")).findFirst();
        var list = line.orElseThrow().substring("receiver ready on ".length());
        List<Integer> ports = new ArrayList<>();
        for (var port : list.split(",", -1)) {
            ports.add(Integer.valueOf(port));
        }
        return ports;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.err.println("benchmark: " + e);
            }
        }
    }
}
