package com.avoma.webhooks.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.avoma.webhooks.common.secret.KeysetSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

class DeliveryPropertiesTest {
    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(Bound.class);

    @EnableConfigurationProperties({
        DeliveryProperties.class,
        TopicsProperties.class,
        SecretsProperties.class
    })
    static class Bound {}

    @Test
    void hasTheDefaultsOfTheDesign() {
        runner.withPropertyValues("webhooks.secrets.keyset=k")
                .run(context -> {
                    var delivery = context.getBean(DeliveryProperties.class);
                    assertThat(delivery.attemptTimeout()).isEqualTo(Duration.ofSeconds(15));
                    assertThat(delivery.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
                    assertThat(delivery.inFlight()).isEqualTo(1024);
                    assertThat(delivery.inFlightBytes()).isEqualTo(DataSize.ofMegabytes(32));
                    assertThat(delivery.inFlightPerWebhook()).isEqualTo(32);
                    assertThat(delivery.readAhead()).isEqualTo(DataSize.ofMegabytes(48));
                    assertThat(delivery.deferral().longest()).isEqualTo(Duration.ofHours(48));
                    assertThat(delivery.responseExcerpt()).isEqualTo(DataSize.ofKilobytes(16));
                    assertThat(delivery.retry().delays())
                            .containsExactly(
                                    Duration.ofMinutes(5),
                                    Duration.ofMinutes(30),
                                    Duration.ofHours(2),
                                    Duration.ofHours(12),
                                    Duration.ofHours(24));
                    assertThat(delivery.retry().jitter()).isEqualTo(0.1);
                    assertThat(delivery.egress().allowedNetworks()).isEmpty();
                    assertThat(delivery.egress().deniedNetworks()).isEmpty();
                    assertThat(delivery.egress().proxy()).isEmpty();
                    assertThat(delivery.egress().way()).isNull();
                    assertThat(delivery.tls().trustBundle()).isEmpty();
                    var topics = context.getBean(TopicsProperties.class);
                    assertThat(topics).isEqualTo(new TopicsProperties("", 12, -1));
                });
    }

    @Test
    void takesWhatIsSet() {
        runner.withPropertyValues(
                        "webhooks.secrets.keyset=k",
                        "webhooks.secrets.kms-uri=hcvault://vault:8200/transit/keys/webhooks",
                        "webhooks.secrets.kms-token=file:/run/token",
                        "webhooks.delivery.attempt-timeout=3s",
                        "webhooks.delivery.in-flight-bytes=4MB",
                        "webhooks.delivery.read-ahead=5MB",
                        "webhooks.delivery.deferral.longest=1h",
                        "webhooks.delivery.retry.delays=1s,2s",
                        "webhooks.delivery.egress.allowed-networks=10.0.0.0/8, ::1/128",
                        "webhooks.delivery.egress.proxy=http://me:hush@proxy.internal:4750",
                        "webhooks.delivery.tls.trust-bundle=receivers")
                .run(context -> {
                    assertThat(context.getBean(SecretsProperties.class).source())
                            .isEqualTo(
                                    new KeysetSource(
                                            "k",
                                            "hcvault://vault:8200/transit/keys/webhooks",
                                            "file:/run/token"));
                    var delivery = context.getBean(DeliveryProperties.class);
                    assertThat(delivery.attemptTimeout()).isEqualTo(Duration.ofSeconds(3));
                    assertThat(delivery.inFlightBytes()).isEqualTo(DataSize.ofMegabytes(4));
                    assertThat(delivery.readAhead()).isEqualTo(DataSize.ofMegabytes(5));
                    assertThat(delivery.deferral().longest()).isEqualTo(Duration.ofHours(1));
                    assertThat(delivery.retry().delays())
                            .isEqualTo(List.of(Duration.ofSeconds(1), Duration.ofSeconds(2)));
                    assertThat(delivery.egress().allowedNetworks())
                            .containsExactly("10.0.0.0/8", "::1/128");
                    assertThat(delivery.egress().way()).hasToString("http://proxy.internal:4750");
                    assertThat(delivery.tls().trustBundle()).isEqualTo("receivers");
                });
    }

    @Test
    void takesEnvironmentVariables() {
        runner.withInitializer(context ->
                        context.getEnvironment()
                                .getPropertySources()
                                .addFirst(
                                        new org.springframework.core.env
                                                .SystemEnvironmentPropertySource(
                                                "systemEnvironment",
                                                Map.of(
                                                        "WEBHOOKS_SECRETS_KEYSET", "k",
                                                        "WEBHOOKS_DELIVERY_RETRY_DELAYS",
                                                                "1s,2s,3s",
                                                        "WEBHOOKS_DELIVERY_EGRESS_ALLOWED_NETWORKS",
                                                                "127.0.0.0/8",
                                                        "WEBHOOKS_DELIVERY_IN_FLIGHT_PER_WEBHOOK",
                                                                "7"))))
                .run(context -> {
                    var delivery = context.getBean(DeliveryProperties.class);
                    assertThat(delivery.retry().delays()).hasSize(3);
                    assertThat(delivery.egress().allowedNetworks()).containsExactly("127.0.0.0/8");
                    assertThat(delivery.inFlightPerWebhook()).isEqualTo(7);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "webhooks.delivery.attempt-timeout=0s, attempt-timeout: PT0S (expected: > 0)",
        "webhooks.delivery.in-flight=0, in-flight: 0 (expected: > 0)",
        "webhooks.delivery.in-flight-per-webhook=-1, in-flight-per-webhook: -1 (expected: > 0)",
        "webhooks.delivery.in-flight-bytes=1KB, in-flight-bytes: 1024B (expected: at least 1MB)",
        "webhooks.delivery.read-ahead=0, read-ahead: 0B (expected: at least 1MB)",
        "webhooks.delivery.deferral.longest=0s, longest: PT0S (expected: > 0)",
        "webhooks.delivery.response-excerpt=1MB, response-excerpt: 1048576B (expected: 0 to 128KB)",
        "webhooks.delivery.retry.delays=-5s, delays: PT-5S (expected: > 0)",
        "webhooks.delivery.retry.jitter=2, jitter: 2.0 (expected: 0 to 1)",
        "webhooks.delivery.egress.allowed-networks=10/8, network: 10/8",
        "webhooks.delivery.egress.proxy=proxy:4750, egress.proxy: not a proxy",
        "webhooks.delivery.egres.allowed-networks=10.0.0.0/8, webhooks.delivery.egres",
        "webhooks.topics.partitions=0, partitions: 0 (expected: > 0)",
        "webhooks.secrets.keyset=, webhooks.secrets.keyset: none"
    })
    void refusesToStartWithAnythingElse(String property, String message) {
        var runner =
                property.startsWith("webhooks.secrets")
                        ? this.runner
                        : this.runner.withPropertyValues("webhooks.secrets.keyset=k");
        runner.withPropertyValues(property)
                .run(context ->
                        assertThat(context.getStartupFailure()).hasStackTraceContaining(message));
    }

    @Test
    void showsNoKeysetAsText() {
        assertThat(new SecretsProperties("hush", null, "hush").toString()).doesNotContain("hush");
        assertThatThrownBy(() -> new SecretsProperties(" ", null, null))
                .hasMessageContaining("webhooks.secrets.keyset: none");
    }
}
