package com.avoma.webhooks.dispatcher.routing;

import com.avoma.webhooks.common.directory.Member;
import com.avoma.webhooks.common.directory.Organization;
import com.avoma.webhooks.common.directory.Team;
import com.avoma.webhooks.common.json.Json;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Takes the records of `webhook-config` and `directory.*` into the table. A record that is
/// malformed is refused with an exception, and what the table held of its key stays.
public final class RoutingTableListener implements Consumer<ConsumerRecord<byte[], byte[]>> {
    private final Topics topics;
    private final RoutingTable table;
    private final Directory directory;
    private final Consumer<OrganizationSnapshot> taken;

    /// @param taken told of each snapshot once it is in the table
    public RoutingTableListener(
            Topics topics,
            RoutingTable table,
            Directory directory,
            Consumer<OrganizationSnapshot> taken) {
        this.topics = topics;
        this.table = table;
        this.directory = directory;
        this.taken = taken;
    }

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        var key = UUID.fromString(new String(record.key(), StandardCharsets.UTF_8));
        var value = record.value();
        var topic = record.topic();
        if (topic.equals(topics.webhookConfig())) {
            takeSnapshot(key, value);
        } else if (topic.equals(topics.organizations())) {
            takeOrganization(key, value);
        } else if (topic.equals(topics.teams())) {
            takeTeam(key, value);
        } else {
            takeMember(key, value);
        }
    }

    private void takeSnapshot(UUID key, byte[] value) {
        if (value == null) {
            table.remove(key);
        } else {
            var snapshot = Json.read(value, OrganizationSnapshot.class);
            table.put(snapshot);
            taken.accept(snapshot);
        }
    }

    private void takeOrganization(UUID key, byte[] value) {
        if (value == null) {
            table.removePlan(key);
        } else {
            table.putPlan(key, Json.read(value, Organization.class).plan());
        }
    }

    private void takeTeam(UUID key, byte[] value) {
        if (value == null) {
            directory.removeTeam(key);
        } else {
            directory.put(Json.read(value, Team.class));
        }
    }

    private void takeMember(UUID key, byte[] value) {
        if (value == null) {
            directory.removeMember(key);
        } else {
            directory.put(Json.read(value, Member.class));
        }
    }
}
