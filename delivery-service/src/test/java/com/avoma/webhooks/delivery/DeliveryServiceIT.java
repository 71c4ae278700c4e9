package com.avoma.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.DeliveryJob.Origin;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.job.MessageId;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.common.secret.Purpose;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.common.signature.Signatures;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot.SigningSecret;
import com.avoma.webhooks.common.subscription.Subscription;
import com.avoma.webhooks.common.subscription.Subscription.ClientCertificate;
import com.avoma.webhooks.common.subscription.Subscription.CustomHeader;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.delivery.receiver.Authority;
import com.avoma.webhooks.delivery.receiver.Receiver;
import com.avoma.webhooks.delivery.receiver.Receiver.Answer;
import com.avoma.webhooks.embedded.LoopbackPort;
import com.avoma.webhooks.testing.TestBroker;
import com.avoma.webhooks.testing.TestTopics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// The whole service on a real broker, against a receiver over real TLS.
class DeliveryServiceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String KEYSET = SecretCipher.newKeyset();
    private static final Payload BODY = Payload.of("{\"event_type\":\"AINOTE\",\"n\":\"🎉\"}");

    private final String prefix = TestTopics.prefix();
    private final Topics topics = new Topics(prefix);
    private final UUID organization = UUID.randomUUID();
    private final UUID webhook = UUID.randomUUID();
    private final SecretCipher cipher = SecretCipher.of(KEYSET);
    private final Map<String, Object> settings = new HashMap<>();
    private KafkaProducer<byte[], byte[]> kafka;
    private Authority authority;
    private Receiver receiver;
    private ConfigurableApplicationContext service;

    @TempDir private Path directory;

    @BeforeEach
    void start() throws Exception {
        authority = new Authority();
        receiver = Receiver.start(authority.forLocalhost());
        var ca = Files.writeString(directory.resolve("ca.pem"), authority.pem());
        kafka = TestBroker.producer();
        settings.put("spring.kafka.bootstrap-servers", TestBroker.bootstrapServers());
        settings.put("spring.ssl.bundle.pem.receivers.truststore.certificate", "file:" + ca);
        settings.put("spring.profiles.active", "quickstart");
        settings.put("server.address", "127.0.0.1");
        settings.put("webhooks.topics.prefix", prefix);
        settings.put("webhooks.topics.partitions", 3);
        settings.put("webhooks.secrets.keyset", KEYSET);
        settings.put("webhooks.delivery.attempt-timeout", "3s");
        settings.put("webhooks.delivery.retry.delays", "300ms,600ms");
        settings.put("management.server.port", LoopbackPort.free());
        startService();
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
        kafka.close();
        receiver.close();
    }

    @Test
    void deliversASignedRequestThatBothSchemesVerify() throws Exception {
        publish(snapshot(1, active()));
        publish(job(1));

        var request = receiver.await(PATIENCE);

        assertThat(request.body()).isEqualTo(BODY.bytes());
        assertThat(request.header("X-Avoma-Signature"))
                .isEqualTo(Signatures.avoma(SECRET, BODY.bytes()));
        assertThat(request.header("webhook-signature"))
                .isEqualTo(
                        Signatures.standard(
                                SECRET,
                                request.header("webhook-id"),
                                Long.parseLong(request.header("webhook-timestamp")),
                                BODY.bytes()));
        assertThat(request.header("X-Key")).isEqualTo("sesame");
        var attempt = attempts(1).getFirst();
        assertThat(attempt.verdict()).isEqualTo(AttemptRecord.Verdict.DELIVERED);
        assertThat(attempt.number()).isEqualTo(1);
        assertThat(attempt.statusCode()).isEqualTo(200);
        assertThat(attempt.responseExcerpt()).isEqualTo("ok");
        assertThat(attempt.job().topic()).isEqualTo(topics.deliveryJobs());
    }

    @Test
    void triesAgainWithTheSameBodyAndIdUntilItIsDelivered() throws Exception {
        receiver.answers(Answer.status(500), Answer.hang(), Answer.status(200));
        publish(snapshot(1, active()));
        publish(job(1));

        var first = receiver.await(PATIENCE);
        var second = receiver.await(PATIENCE);
        var third = receiver.await(PATIENCE);

        assertThat(second.body()).isEqualTo(first.body()).isEqualTo(third.body());
        assertThat(second.header("webhook-id"))
                .isEqualTo(first.header("webhook-id"))
                .isEqualTo(third.header("webhook-id"));
        assertThat(attempts(3))
                .extracting(AttemptRecord::verdict)
                .containsExactly(
                        AttemptRecord.Verdict.RETRY,
                        AttemptRecord.Verdict.RETRY,
                        AttemptRecord.Verdict.DELIVERED);
    }

    @Test
    void deadLettersAfterTheLastRung() throws Exception {
        receiver.answers(Answer.status(500), Answer.status(502), Answer.status(503));
        publish(snapshot(1, active()));
        publish(job(1));

        var letter = read(topics.deliveryDeadLetters(), 1).getFirst();

        assertThat(letter.value()).isEqualTo(BODY.bytes());
        assertThat(JobRecord.text(letter.headers(), JobRecord.REASON)).isEqualTo("exhausted");
        assertThat(JobRecord.text(letter.headers(), JobRecord.DETAIL)).contains("503");
        assertThat(JobRecord.text(letter.headers(), JobRecord.ATTEMPT)).isEqualTo("3");
    }

    @Test
    void givesUpWhenTheEndpointIsGone() throws Exception {
        receiver.answers(Answer.status(410));
        publish(snapshot(1, active()));
        publish(job(1));

        var letter = read(topics.deliveryDeadLetters(), 1).getFirst();

        assertThat(JobRecord.text(letter.headers(), JobRecord.REASON)).isEqualTo("gone");
        assertThat(attempts(1).getFirst().verdict()).isEqualTo(AttemptRecord.Verdict.DEAD_LETTERED);
    }

    @Test
    void honoursRetryAfter() throws Exception {
        receiver.answers(Answer.status(503, "Retry-After: 2"), Answer.status(200));
        publish(snapshot(1, active()));
        publish(job(1));

        receiver.await(PATIENCE);
        var asked = Instant.now();
        receiver.await(PATIENCE);

        assertThat(Duration.between(asked, Instant.now())).isGreaterThan(Duration.ofMillis(1900));
    }

    @Test
    void putsOffAJobWhoseConfigurationIsNotThereYet() throws Exception {
        publish(snapshot(1));
        // under revision 1 this webhook looks deleted; the job was routed under a later one
        var job = job(2);
        publish(job);

        var putOff = JobRecord.read(read(topics.deliveryRetry(2), 1).getFirst());

        assertThat(putOff.messageId()).isEqualTo(job.messageId());
        assertThat(putOff.attempt()).isEqualTo(1);
        assertThat(putOff.dueAt()).isAfter(Instant.now());
        publish(snapshot(2, active()));
        publish(job(2));
        receiver.await(PATIENCE);
        assertThat(attempts(1))
                .extracting(AttemptRecord::verdict)
                .containsExactly(AttemptRecord.Verdict.DELIVERED);
    }

    @Test
    void cancelsTheJobsOfADeletedWebhook() throws Exception {
        publish(snapshot(2));
        publish(job(1));

        var attempt = attempts(1).getFirst();

        assertThat(attempt.verdict()).isEqualTo(AttemptRecord.Verdict.CANCELED);
        assertThat(attempt.number()).isZero();
        assertThat(receiver.pending()).isZero();
    }

    @Test
    void deadLettersTheJobsOfAnInactiveWebhook() throws Exception {
        publish(snapshot(2, subscription(false)));
        publish(job(1));

        var letter = read(topics.deliveryDeadLetters(), 1).getFirst();

        assertThat(JobRecord.text(letter.headers(), JobRecord.REASON)).isEqualTo("inactive");
        assertThat(attempts(1).getFirst().verdict()).isEqualTo(AttemptRecord.Verdict.DEAD_LETTERED);
        assertThat(receiver.pending()).isZero();
    }

    @Test
    void deadLettersWhatIsNotAJobAndGoesOn() throws Exception {
        publish(snapshot(1, active()));
        var key = webhook.toString().getBytes();
        var broken = new ProducerRecord<>(topics.deliveryJobs(), key, "x".getBytes());
        broken.headers().add("other", "kept".getBytes());
        kafka.send(broken).get();
        publish(job(1));

        receiver.await(PATIENCE);
        var letter = read(topics.deliveryDeadLetters(), 1).getFirst();
        assertThat(JobRecord.text(letter.headers(), JobRecord.REASON)).isEqualTo("malformed");
        assertThat(JobRecord.text(letter.headers(), "other")).isEqualTo("kept");
        assertThat(letter.value()).isEqualTo("x".getBytes());
    }

    @Test
    void makesARetryThatFellDueWhileItWasDown() throws Exception {
        receiver.answers(Answer.status(500));
        publish(snapshot(1, active()));
        publish(job(1));
        attempts(1);
        service.close();
        receiver.await(PATIENCE);

        startService();

        receiver.await(PATIENCE);
        assertThat(attempts(2).getLast().number()).isEqualTo(2);
    }

    @Test
    void sendsNothingTwiceAfterARestart() throws Exception {
        publish(snapshot(1, active()));
        for (int i = 0; i < 20; i++) {
            publish(job(1));
        }
        attempts(20);
        service.close();
        startService();
        publish(job(1));

        attempts(21);
        assertThat(receiver.pending()).isEqualTo(21);
    }

    @Test
    void showsItsClientCertificateToAReceiverThatDemandsOne() throws Exception {
        try (var strict = Receiver.start(authority.forLocalhost(), authority.trust())) {
            var plain = subscription(true);
            publish(snapshot(1, at(plain, strict, null)));
            publish(job(1));
            assertThat(attempts(1).getFirst())
                    .satisfies(attempt -> {
                        assertThat(attempt.verdict()).isEqualTo(AttemptRecord.Verdict.RETRY);
                        assertThat(attempt.failure()).isEqualTo(AttemptRecord.Failure.TLS);
                    });

            var client = authority.forClient();
            var key = cipher.seal(client.getPrivateKeyPEM(), organization, Purpose.CLIENT_KEY);
            publish(
                    snapshot(
                            2,
                            at(
                                    plain,
                                    strict,
                                    new ClientCertificate(client.getCertificatePathPEM(), key))));
            publish(job(2));

            assertThat(strict.await(PATIENCE).text()).isEqualTo(BODY.text());
            // the retry of the first job is made with what holds by then
            assertThat(strict.await(PATIENCE).text()).isEqualTo(BODY.text());
        }
    }

    private static Subscription at(
            Subscription webhook, Receiver receiver, ClientCertificate certificate) {
        return new Subscription(
                webhook.uuid(),
                webhook.eventType(),
                receiver.url("localhost"),
                true,
                Set.of(),
                webhook.headers(),
                certificate);
    }

    @Test
    void isReadyAndCountsWhatItDoes() throws Exception {
        publish(snapshot(1, active()));
        publish(job(1));
        attempts(1);

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(get("/actuator/health/readiness"))
                                .contains("\"status\":\"UP\""));
        assertThat(get("/actuator/prometheus"))
                .contains(
                        "webhooks_attempts_total{event_type=\"AINOTE\",outcome=\"delivered\"} 1.0")
                .contains("webhooks_attempt_seconds_count{phase=\"tls\"} 1")
                .contains("webhooks_end_to_end_seconds_count{first_attempt=\"true\"} 1")
                .contains("webhooks_dead_letters_total{reason=\"exhausted\"} 0.0")
                .contains("webhooks_in_flight 0.0")
                .contains("webhooks_retries_scheduled 0.0")
                .contains("webhooks_overdue_retries 0.0");
    }

    private void startService() {
        var arguments =
                settings.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new);
        service = new SpringApplicationBuilder(DeliveryApplication.class).run(arguments);
    }

    private String get(String path) throws Exception {
        var port = service.getEnvironment().getProperty("local.server.port");
        try (var client = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + port + path);
            return client.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private Subscription active() {
        return subscription(true);
    }

    private Subscription subscription(boolean active) {
        return new Subscription(
                webhook,
                "AINOTE",
                receiver.url("localhost"),
                active,
                Set.of(),
                List.of(
                        new CustomHeader(
                                "X-Key",
                                null,
                                cipher.seal("sesame", organization, Purpose.HEADER_VALUE))));
    }

    private OrganizationSnapshot snapshot(long revision, Subscription... webhooks) {
        return new OrganizationSnapshot(
                organization,
                revision,
                Instant.now(),
                List.of(
                        new SigningSecret(
                                cipher.seal(SECRET, organization, Purpose.SIGNING_SECRET), null)),
                List.of(webhooks));
    }

    private DeliveryJob job(long revision) {
        var event = UUID.randomUUID().toString();
        return new DeliveryJob(
                MessageId.of("/test", event, webhook),
                organization,
                webhook,
                revision,
                event,
                "/test",
                "AINOTE",
                Instant.now(),
                "user",
                1,
                null,
                Origin.EVENT,
                null,
                BODY);
    }

    private void publish(OrganizationSnapshot snapshot) throws Exception {
        awaitTopics();
        var key = organization.toString().getBytes();
        kafka.send(new ProducerRecord<>(topics.webhookConfig(), key, Json.write(snapshot))).get();
    }

    private void publish(DeliveryJob job) throws Exception {
        kafka.send(JobRecord.of(topics.deliveryJobs(), job)).get();
    }

    private void awaitTopics() {
        try (var admin = TestBroker.admin()) {
            await().atMost(PATIENCE)
                    .until(() ->
                            admin.listTopics().names().get().contains(topics.deliveryDeferred()));
        }
    }

    private List<AttemptRecord> attempts(int count) {
        return read(topics.deliveryAttempts(), count).stream()
                .map(record -> Json.read(record.value(), AttemptRecord.class))
                .toList();
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (var consumer = TestBroker.consumer(List.of(topic))) {
            await().atMost(PATIENCE)
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                        return records.size() >= count;
                    });
        }
        return records;
    }
}
