package com.avoma.webhooks.delivery.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.DeliveryJob.Origin;
import com.avoma.webhooks.common.job.JobRecord;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.delivery.deadletter.SourceRecord;
import com.avoma.webhooks.delivery.isolation.Rank;
import com.avoma.webhooks.delivery.retry.RetryLadder;
import com.avoma.webhooks.delivery.retry.WaitingTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrivalsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final String JOBS = "delivery-jobs";

    private final Arrivals arrivals =
            new Arrivals(
                    new WaitingTopics(
                            new Topics(""), new RetryLadder(List.of(Duration.ofMinutes(5)), 0.1)));

    @ParameterizedTest
    @CsvSource({"EVENT, LIVE", "REDELIVERY, LIVE", "RECOVERY, RECOVERED", "TEST, URGENT"})
    void ranksAJobByWhoAskedForIt(Origin origin, Rank rank) {
        assertThat(rank(job(origin))).isEqualTo(rank);
    }

    @Test
    void ranksWhatWasPutOffBehindWhateverItWas() {
        assertThat(rank(job(Origin.EVENT).deferred(NOON, NOON.plusSeconds(1))))
                .isEqualTo(Rank.DEFERRED);
    }

    /// What is given up is written with the headers that it came with.
    @Test
    void keepsTheHeadersOfWhatStartsAtOnceAndOfWhatWaits() {
        for (var job : List.of(job(Origin.EVENT), job(Origin.EVENT).deferred(NOON, NOON))) {
            var written = written(job);
            written.headers().add("of-a-later-version", new byte[] {1});

            var kept = arrivals.entry(record(written)).item().source().headers().get();

            assertThat(kept)
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactlyElementsOf(
                            Arrays.stream(written.headers().toArray())
                                    .map(one -> new SourceRecord.Header(one.key(), one.value()))
                                    .toList());
        }
    }

    private Rank rank(DeliveryJob job) {
        return arrivals.entry(record(written(job))).rank();
    }

    private static ProducerRecord<byte[], byte[]> written(DeliveryJob job) {
        return JobRecord.of(JOBS, job);
    }

    private static ConsumerRecord<byte[], byte[]> record(ProducerRecord<byte[], byte[]> written) {
        return new ConsumerRecord<>(
                JOBS,
                0,
                0,
                NOON.toEpochMilli(),
                TimestampType.CREATE_TIME,
                written.key().length,
                written.value().length,
                written.key(),
                written.value(),
                written.headers(),
                Optional.empty());
    }

    private static DeliveryJob job(Origin origin) {
        return new DeliveryJob(
                "msg_1",
                new UUID(0, 1),
                new UUID(0, 2),
                1,
                "event-1",
                "/meetings",
                "AINOTE",
                NOON,
                "somebody",
                1,
                null,
                origin,
                null,
                Payload.of("{}"));
    }
}
