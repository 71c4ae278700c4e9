package com.avoma.webhooks.config.topic;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/// Opens consumers in no group, which look a record up and are closed. Each has connections of its
/// own.
@Component
public class ReaderClient {
    /// How long a question to the brokers takes at most.
    public static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final KafkaProperties kafka;

    ReaderClient(KafkaProperties kafka) {
        this.kafka = kafka;
    }

    /// A consumer that is told what to read and where to begin; the caller closes it.
    ///
    /// @param records of a poll at most
    /// @param bytes of a partition in one fetch; a larger record comes all the same
    public Consumer<byte[], byte[]> open(int records, int bytes) {
        var settings = kafka.buildConsumerProperties();
        // the newer protocol is for members of groups
        settings.put("group.protocol", "classic");
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "none");
        settings.put("max.poll.records", records);
        settings.put("max.partition.fetch.bytes", bytes);
        settings.put("default.api.timeout.ms", (int) TIMEOUT.toMillis());
        settings.put("request.timeout.ms", 2_000);
        return new KafkaConsumer<>(settings);
    }
}
