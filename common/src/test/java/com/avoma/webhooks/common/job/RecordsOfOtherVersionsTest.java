package com.avoma.webhooks.common.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.common.directory.Organization;
import com.avoma.webhooks.common.job.DeliveryJob.Origin;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two versions of each service run side by side during an upgrade, and either may be rolled back:
/// what the first version wrote is read, and fields that nobody here knows are passed over.
class RecordsOfOtherVersionsTest {
    @Test
    void areReadAsTheyWereWritten() throws IOException {
        var snapshot = Json.read(file("snapshot.json"), OrganizationSnapshot.class);
        assertThat(snapshot.revision()).isEqualTo(7);
        assertThat(snapshot.webhooks().getFirst().targetUrl())
                .isEqualTo("https://example.com/hook");
        assertThat(snapshot.webhooks().getFirst().headers()).hasSize(2);
        assertThat(snapshot.webhooks().getFirst().clientCertificate()).isNull();
        assertThat(snapshot.signingSecrets()).hasSize(1);

        var decision = Json.read(file("decision.json"), RoutingDecision.class);
        assertThat(decision.event().offset()).isEqualTo(17);
        assertThat(decision.decisions())
                .extracting(RoutingDecision.Decision::reason)
                .containsExactly(
                        RoutingDecision.Reason.MATCHED, RoutingDecision.Reason.OUT_OF_SCOPE);

        var attempt = Json.read(file("attempt.json"), AttemptRecord.class);
        assertThat(attempt.verdict()).isEqualTo(AttemptRecord.Verdict.RETRY);
        assertThat(attempt.statusCode()).isEqualTo(503);
        assertThat(attempt.test()).isFalse();
        assertThat(attempt.reason()).isNull();

        assertThat(Json.read(file("organization.json"), Organization.class).name())
                .isEqualTo("Acme");
    }

    @ParameterizedTest
    @CsvSource({
        "snapshot.json, com.avoma.webhooks.common.subscription.OrganizationSnapshot",
        "decision.json, com.avoma.webhooks.common.decision.RoutingDecision",
        "attempt.json, com.avoma.webhooks.common.attempt.AttemptRecord",
        "organization.json, com.avoma.webhooks.common.directory.Organization"
    })
    void mayHaveFieldsThatNobodyKnows(String name, Class<?> type) throws IOException {
        var known = Json.read(file(name), type);
        var newer =
                new String(file(name), StandardCharsets.UTF_8)
                        .replace("{", "{\"of_a_newer_version\":{\"a\":[1,null]},");

        assertThat(Json.read(newer.getBytes(StandardCharsets.UTF_8), type)).isEqualTo(known);
    }

    @Test
    void areJobsWhateverElseIsInTheirHeaders() throws IOException {
        var record = job();

        var job = JobRecord.read(record);

        assertThat(job.attempt()).isEqualTo(3);
        assertThat(job.dueAt()).isEqualTo(Instant.parse("2026-10-15T15:47:07Z"));
        assertThat(job.origin()).isEqualTo(Origin.EVENT);
        assertThat(job.trace())
                .isEqualTo(
                        new TraceContext(
                                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", null));
        record.headers().add("webhooks-of-a-newer-version", new byte[] {1, 2});
        assertThat(JobRecord.read(record)).isEqualTo(job);
    }

    /// What an older instance reads must not be renamed or left out.
    @Test
    void haveTheHeadersThatTheFirstVersionReads() throws IOException {
        var written = JobRecord.of("t", JobRecord.read(job())).headers();

        for (var header : headers().entrySet()) {
            assertThat(JobRecord.text(written, header.getKey()))
                    .as(header.getKey())
                    .isEqualTo(header.getValue());
        }
    }

    private static ConsumerRecord<byte[], byte[]> job() throws IOException {
        var record =
                new ConsumerRecord<>(
                        "delivery-retry-1",
                        0,
                        0L,
                        "5b0c8f3e-2a41-4c7d-9e0b-7f1d2c3a4b5e".getBytes(StandardCharsets.UTF_8),
                        "{}".getBytes(StandardCharsets.UTF_8));
        headers()
                .forEach((name, value) ->
                        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private static Map<String, String> headers() throws IOException {
        var headers = new LinkedHashMap<String, String>();
        new String(file("job.headers"), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split(": ", 2))
                .forEach(parts -> headers.put(parts[0], parts[1]));
        return headers;
    }

    private static byte[] file(String name) throws IOException {
        var path = "/com/avoma/webhooks/common/records/" + name;
        try (var in = RecordsOfOtherVersionsTest.class.getResourceAsStream(path)) {
            return in.readAllBytes();
        }
    }
}
