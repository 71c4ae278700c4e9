package com.avoma.webhooks.config.deliverylog;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.common.job.DeliveryJob;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/// The records of one poll, made ready to be written at once: what is there twice is there once,
/// and deliveries are in the order of their keys, in which every instance locks them.
public final class LogBatch {
    private final SequencedMap<LoggedDelivery.Key, LoggedDelivery> deliveries = new TreeMap<>();
    private final Map<AttemptKey, AttemptRecord> attempts = new LinkedHashMap<>();
    private final Map<DecisionKey, RoutingDecision> decisions = new LinkedHashMap<>();

    /// What tells an attempt from others.
    public record AttemptKey(String messageId, Instant startedAt, int number) {
        static AttemptKey of(AttemptRecord attempt) {
            return new AttemptKey(attempt.messageId(), attempt.startedAt(), attempt.number());
        }
    }

    /// What tells a decision from others: the record of the event.
    public record DecisionKey(UUID organization, int partition, long offset) {
        static DecisionKey of(RoutingDecision decision) {
            return new DecisionKey(
                    decision.organizationUuid(),
                    decision.event().partition(),
                    decision.event().offset());
        }
    }

    public void add(AttemptRecord attempt) {
        attempts.putIfAbsent(AttemptKey.of(attempt), attempt);
        add(LoggedDelivery.of(attempt));
    }

    public void add(RoutingDecision decision) {
        decisions.putIfAbsent(DecisionKey.of(decision), decision);
        for (var one : decision.decisions()) {
            if (one.messageId() != null) {
                add(LoggedDelivery.of(decision, one.webhookUuid(), one.messageId()));
            }
        }
    }

    /// A dead letter and where it is.
    public void addDead(DeliveryJob job, Instant at, Position where) {
        add(LoggedDelivery.dead(job, at, where));
    }

    /// A job that a person asked for.
    public void addRequested(DeliveryJob job, Instant at) {
        add(LoggedDelivery.requested(job, at));
    }

    /// Leaves out what is of days that retention has closed.
    void removeBefore(LocalDate day) {
        if (day.equals(LocalDate.MIN)) {
            return;
        }
        var from = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        deliveries.keySet().removeIf(key -> key.created().isBefore(from));
        attempts.values().removeIf(attempt -> attempt.eventTime().isBefore(from));
        decisions.values().removeIf(decision -> decision.time().isBefore(from));
    }

    /// Leaves out what is of these organizations.
    void removeOf(Set<UUID> organizations) {
        if (organizations.isEmpty()) {
            return;
        }
        deliveries
                .values()
                .removeIf(delivery -> organizations.contains(delivery.organizationUuid()));
        attempts.values().removeIf(attempt -> organizations.contains(attempt.organizationUuid()));
        decisions
                .values()
                .removeIf(decision -> organizations.contains(decision.organizationUuid()));
    }

    SequencedMap<LoggedDelivery.Key, LoggedDelivery> deliveries() {
        return deliveries;
    }

    Collection<AttemptRecord> attempts() {
        return attempts.values();
    }

    Collection<RoutingDecision> decisions() {
        return decisions.values();
    }

    public boolean isEmpty() {
        return deliveries.isEmpty() && decisions.isEmpty();
    }

    /// Those of the attempts that are under these keys.
    Collection<AttemptRecord> attempts(Collection<AttemptKey> keys) {
        return keys.stream().map(attempts::get).filter(a -> a != null).toList();
    }

    /// Those of the decisions that are under these keys.
    Collection<RoutingDecision> decisions(Collection<DecisionKey> keys) {
        return new ArrayList<>(keys.stream().map(decisions::get).filter(d -> d != null).toList());
    }

    private void add(LoggedDelivery delivery) {
        deliveries.merge(delivery.key(), delivery, LoggedDelivery::merge);
    }
}
