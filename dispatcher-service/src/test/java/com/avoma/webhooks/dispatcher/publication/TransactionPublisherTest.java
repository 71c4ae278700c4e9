package com.avoma.webhooks.dispatcher.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class TransactionPublisherTest {
    private static final Map<TopicPartition, OffsetAndMetadata> OFFSETS =
            Map.of(new TopicPartition("meeting-events", 0), new OffsetAndMetadata(1));
    private static final ConsumerGroupMetadata GROUP = new ConsumerGroupMetadata("group");

    /// In the order in which they were made.
    private final List<MockProducer<byte[], byte[]>> made = new ArrayList<>();

    private final TransactionPublisher publisher =
            new TransactionPublisher(List.of(maker(), maker()));

    @Test
    void endsWhatIsOpenUnderEachOfItsIds() {
        publisher.ready();

        assertThat(made).hasSize(2).allMatch(MockProducer::transactionInitialized);
    }

    @Test
    void letsItsProducersTakeTurns() {
        publisher.ready();

        for (int i = 0; i < 3; i++) {
            commitOne();
        }

        assertThat(made).extracting(MockProducer::commitCount).containsExactly(2L, 1L);
        assertThat(made).extracting(one -> one.history().size()).containsExactly(2, 1);
    }

    @Test
    void goesOnWithTheSameOneAfterItRolledBack() {
        publisher.ready();
        publish();

        publisher.rollBack();
        commitOne();

        assertThat(made).extracting(MockProducer::commitCount).containsExactly(1L, 0L);
        assertThat(made.getFirst().history()).hasSize(1);
    }

    @Test
    void replacesOneThatCannotGoOn() {
        publisher.ready();
        publish();
        made.getFirst().fenceProducer();

        publisher.rollBack();
        commitOne();

        assertThat(made).extracting(MockProducer::commitCount).containsExactly(0L, 0L, 1L);
        assertThat(made.getFirst().closed()).isTrue();
    }

    /// It is told so where its next transaction begins.
    @Test
    void replacesOneThatCannotEvenBegin() {
        publisher.ready();
        made.getFirst().fenceProducer();
        try {
            publish();
        } catch (RuntimeException _) {
            publisher.rollBack();
        }

        commitOne();

        assertThat(made).extracting(MockProducer::commitCount).containsExactly(0L, 0L, 1L);
    }

    private void commitOne() {
        publish();
        publisher.commit(OFFSETS, GROUP);
    }

    private void publish() {
        publisher.publish(new ProducerRecord<>("delivery-jobs", new byte[] {1}));
    }

    private Supplier<Producer<byte[], byte[]>> maker() {
        return () -> {
            var producer =
                    new MockProducer<>(
                            true, null, new ByteArraySerializer(), new ByteArraySerializer());
            made.add(producer);
            return producer;
        };
    }
}
