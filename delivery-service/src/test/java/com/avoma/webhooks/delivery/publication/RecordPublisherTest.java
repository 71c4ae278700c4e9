package com.avoma.webhooks.delivery.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordPublisherTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<MockProducer<byte[], byte[]>> producers = new CopyOnWriteArrayList<>();
    private final RecordPublisher publisher = new RecordPublisher(this::next);
    private final ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("t", new byte[1]);

    @AfterEach
    void close() {
        publisher.close();
    }

    @Test
    void isDoneWhenTheBrokersHaveTheRecord() {
        var safe = publisher.publish(record);
        assertThat(safe).isNotDone();

        producers.getFirst().completeNext();

        assertThat(safe).isCompleted();
    }

    static List<RuntimeException> faults() {
        return List.of(
                new TimeoutException("away"), new RecordTooLargeException("more than may be"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void writesAgainWhatTheProducerGaveUp(RuntimeException fault) {
        var safe = publisher.publish(record);
        producers.getFirst().errorNext(fault);

        await().atMost(PATIENCE).until(() -> producers.getFirst().history().size() == 2);
        producers.getFirst().completeNext();

        assertThat(safe).isCompleted();
        assertThat(producers).hasSize(1);
    }

    @Test
    void replacesAProducerThatFailedForGood() {
        var first = publisher.publish(record);
        var second = publisher.publish(record);
        producers.getFirst().errorNext(new OutOfOrderSequenceException("lost"));
        producers.getFirst().errorNext(new OutOfOrderSequenceException("lost"));

        await().atMost(PATIENCE)
                .until(() -> producers.size() == 2 && producers.getLast().history().size() == 2);
        assertThat(producers.getFirst().closed()).isTrue();
        producers.getLast().completeNext();
        producers.getLast().completeNext();

        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(producers).hasSize(2);
    }

    private MockProducer<byte[], byte[]> next() {
        var producer =
                new MockProducer<>(
                        false, null, new ByteArraySerializer(), new ByteArraySerializer());
        producers.add(producer);
        return producer;
    }
}
