package com.avoma.webhooks.benchmark.product;

import com.avoma.webhooks.benchmark.parts.Broker;
import com.avoma.webhooks.benchmark.parts.OpenParts;
import com.avoma.webhooks.benchmark.parts.Receiver;
import com.avoma.webhooks.benchmark.setting.Setting;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.embedded.LoopbackPort;
import com.avoma.webhooks.quickstart.identity.TokenIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// What the services need: a broker, a database, keys, and receivers. With it, how each of them is
/// started on free ports of loopback.
///
/// @param apiPort of config-service
record Surroundings(
        Broker broker,
        Database database,
        Receiver receiver,
        TokenIssuer tokens,
        Path keyset,
        int apiPort) {

    static Surroundings start(OpenParts parts) throws IOException, InterruptedException {
        var directory = parts.directory();
        var keyset = directory.resolve("keyset.json");
        Files.writeString(keyset, SecretCipher.newKeyset());
        return new Surroundings(
                Broker.start(parts),
                parts.add(new Database(directory.resolve("postgres"))),
                Receiver.start(parts, Setting.WEBHOOKS),
                TokenIssuer.in(directory.resolve("tokens"), Clock.systemUTC()),
                keyset,
                LoopbackPort.free());
    }

    String api() {
        return "http://127.0.0.1:" + apiPort;
    }

    /// A service's arguments. Its log is that of an image, in JSON.
    List<String> arguments(Service service, int managementPort) {
        List<String> all = new ArrayList<>();
        all.add("--spring.kafka.bootstrap-servers=" + broker.address());
        all.add("--management.server.port=" + managementPort);
        all.add("--server.address=127.0.0.1");
        all.add("--logging.structured.format.console=ecs");
        switch (service) {
            case CONFIG -> {
                all.add("--server.port=" + apiPort);
                all.add("--management.server.address=127.0.0.1");
                all.addAll(database.arguments());
                all.add(
                        "--spring.security.oauth2.resourceserver.jwt.public-key-location=file:"
                                + tokens.publicKey());
                all.add("--webhooks.security.issuer=" + TokenIssuer.ISSUER);
                all.addAll(secretsAndReceivers());
            }
            case DISPATCHER -> all.add("--webhooks.dispatcher.instance-id=benchmark");
            case DELIVERY -> {
                all.addAll(secretsAndReceivers());
                all.add(
                        "--spring.ssl.bundle.pem.receivers.truststore.certificate=file:"
                                + receiver.tls().authority());
                all.add("--webhooks.delivery.tls.trust-bundle=receivers");
            }
        }
        return all;
    }

    private List<String> secretsAndReceivers() {
        return List.of(
                "--webhooks.secrets.keyset=file:" + keyset,
                "--webhooks.delivery.egress.allowed-networks=127.0.0.0/8,::1/128");
    }
}
