package com.avoma.webhooks.delivery.endpoint;

import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.json.MalformedRecordException;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.topic.TableFollower;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the [EndpointTable] in step with `webhook-config`. Records that cannot be read are passed
/// over with an error in the log: the organization's earlier snapshot goes on to hold.
public final class EndpointListener implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EndpointListener.class);

    private final EndpointTable table;
    private final TableFollower follower;
    private final String topic;
    private final java.util.function.Consumer<Instant> taken;

    /// @param taken told of the time of each snapshot once it holds
    public EndpointListener(
            Consumer<byte[], byte[]> kafka,
            Admin admin,
            String topic,
            EndpointTable table,
            java.util.function.Consumer<Instant> taken) {
        this.topic = topic;
        this.table = table;
        this.taken = taken;
        this.follower = new TableFollower(kafka, admin, List.of(topic), this::apply);
    }

    public void start() {
        follower.start();
    }

    /// Blocks until the table holds everything that was published when this was called.
    public void awaitCaughtUp() throws InterruptedException {
        while (!caughtUpWithin(Duration.ofMinutes(1))) {
            log.warn("endpoints.behind: still waiting for the brokers");
        }
    }

    /// Whether the table came to hold, within the time, everything that was published when this was
    /// called. False also means that the brokers do not answer.
    public boolean caughtUpWithin(Duration time) throws InterruptedException {
        try {
            follower.caughtUp().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("a table never fails to catch up", e);
        }
    }

    /// Snapshots that were published and do not hold here yet.
    public long lag() {
        return follower.lag(topic);
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.value() == null) {
                table.remove(UUID.fromString(new String(record.key(), StandardCharsets.UTF_8)));
            } else {
                var snapshot = Json.read(record.value(), OrganizationSnapshot.class);
                table.apply(snapshot);
                taken.accept(snapshot.publishedAt());
            }
        } catch (MalformedRecordException | IllegalArgumentException e) {
            log.error(
                    "endpoints.malformed partition={} offset={} fault={}",
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    @Override
    public void close() {
        follower.close();
    }
}
