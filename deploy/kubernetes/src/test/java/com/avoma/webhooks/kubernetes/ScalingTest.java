package com.avoma.webhooks.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.topic.Topics;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// KEDA's part, held against the services' groups and topics.
class ScalingTest {
    private final Installation installation = Installation.of("production");

    @ParameterizedTest
    @CsvSource({"dispatcher-service, meetingEvents, 2", "delivery-service, deliveryJobs, 1"})
    void goesByWhatWaitsForTheService(String service, String topic, int consumers)
            throws ReflectiveOperationException {
        var scaled = installation.one("ScaledObject", service);
        var trigger = Yaml.map(scaled, "spec", "triggers", "0", "metadata");
        var workload = installation.service(service);
        var name = Topics.class.getMethod(topic).invoke(new Topics(""));
        var partitions =
                Yaml.at(installation.one("KafkaTopic", name.toString()), "spec", "partitions");

        assertThat(Yaml.map(scaled, "spec", "scaleTargetRef"))
                .isEqualTo(
                        Map.of(
                                "apiVersion", workload.get("apiVersion"),
                                "kind", workload.get("kind"),
                                "name", service));
        assertThat(trigger)
                .containsEntry("topic", name)
                .containsEntry("consumerGroup", service)
                .containsEntry("offsetResetPolicy", "earliest")
                .containsEntry(
                        "bootstrapServers",
                        installation.environment(workload).get("SPRING_KAFKA_BOOTSTRAP_SERVERS"));
        assertThat((int) Yaml.at(scaled, "spec", "maxReplicaCount") * consumers)
                .as("consumers, one for each partition")
                .isEqualTo(partitions);
        assertThat(Yaml.map(workload, "spec"))
                .as("the number is KEDA's: applying must not set it back")
                .doesNotContainKey("replicas");
    }

    @Test
    void countsTheDispatchersThreads() throws ReflectiveOperationException {
        // the second column above
        var properties = Class.forName("com.avoma.webhooks.dispatcher.intake.DispatcherProperties");
        var threads = properties.getRecordComponents()[1];
        assertThat(threads.getName()).isEqualTo("threads");
        assertThat(
                        properties
                                .getDeclaredConstructors()[0]
                                .getParameters()[1]
                                .getAnnotation(
                                        org.springframework.boot.context.properties.bind
                                                .DefaultValue.class)
                                .value())
                .containsExactly("2");
    }

    @Test
    void showsTheBrokersACertificateOfItsOwn() {
        var authentication = installation.one("TriggerAuthentication", "kafka");
        installation
                .all("ScaledObject")
                .forEach(scaled -> {
                    assertThat(
                                    Yaml.text(
                                            scaled,
                                            "spec",
                                            "triggers",
                                            "0",
                                            "authenticationRef",
                                            "name"))
                            .isEqualTo("kafka");
                    assertThat(Yaml.text(scaled, "spec", "triggers", "0", "metadata", "tls"))
                            .isEqualTo("enable");
                });
        assertThat(Yaml.list(authentication, "spec", "secretTargetRef"))
                .extracting(one ->
                        Yaml.at(one, "parameter")
                                + " "
                                + Yaml.at(one, "name")
                                + "/"
                                + Yaml.at(one, "key"))
                .containsExactlyInAnyOrder(
                        "ca webhooks-cluster-ca-cert/ca.crt",
                        "cert keda/user.crt",
                        "key keda/user.key");
        assertThat(installation.one("KafkaUser", "keda")).isNotNull();
    }

    @Test
    void isLeftOutOfATrial() {
        assertThat(Installation.of("small").all("ScaledObject", "KafkaTopic", "KafkaUser"))
                .isEmpty();
    }
}
