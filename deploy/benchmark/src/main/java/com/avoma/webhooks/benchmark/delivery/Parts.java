package com.avoma.webhooks.benchmark.delivery;

import com.avoma.webhooks.benchmark.client.BareClient;
import com.avoma.webhooks.benchmark.load.Drain;
import com.avoma.webhooks.benchmark.load.LoadPublisher;
import com.avoma.webhooks.benchmark.load.TopicProgress;
import com.avoma.webhooks.benchmark.load.Webhooks;
import com.avoma.webhooks.benchmark.parts.Broker;
import com.avoma.webhooks.benchmark.parts.OpenParts;
import com.avoma.webhooks.benchmark.parts.Receiver;
import com.avoma.webhooks.benchmark.process.GcLog;
import com.avoma.webhooks.benchmark.process.JavaCommand;
import com.avoma.webhooks.benchmark.process.MeasuredProcess;
import com.avoma.webhooks.benchmark.setting.Setting;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.embedded.LoopbackPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The processes of a scenario: a broker, a receiver, and delivery-service as it is packaged, with
/// every guarantee on. They end with this object, the last one first.
final class Parts implements AutoCloseable {
    private static final String GC_LOG = "gc.log";

    private final OpenParts open;
    private final Setting setting;
    private final Broker broker;
    private final Receiver receiver;
    private final Path keyset;

    private Parts(Setting setting, OpenParts open) throws IOException, InterruptedException {
        this.setting = setting;
        this.open = open;
        this.broker = Broker.start(open);
        this.receiver = Receiver.start(open, Setting.WEBHOOKS);
        this.keyset = setting.directory().resolve("keyset.json");
        Files.writeString(keyset, SecretCipher.newKeyset());
    }

    static Parts start(Setting setting) throws IOException, InterruptedException {
        var open = new OpenParts(setting.directory());
        try {
            return new Parts(setting, open);
        } catch (IOException | RuntimeException | InterruptedException e) {
            open.close();
            throw e;
        }
    }

    MeasuredProcess broker() {
        return broker.process();
    }

    Receiver receiver() {
        return receiver;
    }

    String brokers() {
        return broker.address();
    }

    /// Starts delivery-service and publishes where its webhooks lead.
    ///
    /// @param flags of its JVM
    MeasuredProcess startService(List<String> flags) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(flags);
        all.add(GcLog.option(gcLog()));
        var service = startService("delivery-service", all, new Topics(""));
        try (var publisher = publisher()) {
            publisher.publishWebhooks(cipher());
        }
        return service;
    }

    /// Starts an instance of delivery-service.
    ///
    /// @param name of the process
    MeasuredProcess startService(String name, List<String> flags, Topics topics)
            throws IOException, InterruptedException {
        var command =
                JavaCommand.of(
                        setting.service("delivery-service").unpackedIn(setting.directory()),
                        flags,
                        List.of(
                                "--spring.kafka.bootstrap-servers=" + broker.address(),
                                "--management.server.port=" + LoopbackPort.free(),
                                "--server.address=127.0.0.1",
                                "--webhooks.topics.prefix=" + topics.prefix(),
                                "--webhooks.secrets.keyset=file:" + keyset,
                                "--webhooks.delivery.egress.allowed-networks=127.0.0.0/8,::1/128",
                                "--spring.ssl.bundle.pem.receivers.truststore.certificate=file:"
                                        + receiver.tls().authority(),
                                "--webhooks.delivery.tls.trust-bundle=receivers"));
        return open.start(name, command, "delivery.started");
    }

    /// With the keys that the services have.
    SecretCipher cipher() {
        return SecretCipher.of("file:" + keyset);
    }

    /// Ends a service before its time.
    void end(MeasuredProcess service) {
        open.end(service);
    }

    /// The flags that were asked for, or those of production.
    static List<String> flags(Setting setting) {
        return setting.serviceFlags().isEmpty() ? ServiceFlags.of(setting) : setting.serviceFlags();
    }

    Path gcLog() {
        return setting.directory().resolve(GC_LOG);
    }

    /// Starts the baseline, with as many requests in flight as delivery-service has.
    MeasuredProcess startBareClient() throws IOException, InterruptedException {
        var ports = receiver.ports().stream().map(Object::toString).toList();
        var command =
                JavaCommand.of(
                        BareClient.class,
                        ServiceFlags.of(setting),
                        List.of(
                                receiver.tls().authority().toString(),
                                Integer.toString(Setting.IN_FLIGHT_PER_WEBHOOK),
                                Integer.toString(Setting.BODY),
                                String.join(",", ports)));
        return open.start("bare client", command, "bare client ready");
    }

    LoadPublisher publisher() {
        return publisher(new Webhooks(receiver.ports()), new Topics(""));
    }

    LoadPublisher publisher(Webhooks webhooks, Topics topics) {
        return new LoadPublisher(broker.address(), webhooks, topics);
    }

    TopicProgress progress() {
        return open.add(new TopicProgress(broker.address()));
    }

    Drain drain(MeasuredProcess service) {
        return drain(List.of(service), new Topics(""));
    }

    Drain drain(List<MeasuredProcess> services, Topics topics) {
        return new Drain(services, progress(), topics.deliveryAttempts());
    }

    @Override
    public void close() {
        open.close();
    }
}
