package com.avoma.webhooks.config.directory;

import com.avoma.webhooks.common.json.MalformedRecordException;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.config.change.SetupEditor;
import com.avoma.webhooks.config.isolation.Scope;
import com.avoma.webhooks.config.plan.PlanLimits;
import com.avoma.webhooks.config.setup.Edited;
import com.avoma.webhooks.config.setup.Trace;
import com.avoma.webhooks.config.setup.WebhookNotices;
import com.avoma.webhooks.config.web.Caller;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Keeps the read model in step with the directory topics, and webhooks in step with plans. A batch
/// is one transaction; where PostgreSQL is away the batch waits (`DirectoryConfiguration`). A
/// record that is none, or that PostgreSQL refuses, is reported and passed over.
@Component
class DirectoryListener {
    private static final Logger log = LoggerFactory.getLogger(DirectoryListener.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Topics topics;
    private final DirectoryRecordRepository directory;
    private final TransactionalOperator transaction;
    private final SetupEditor setups;
    private final PlanLimits limits;
    private final Clock clock;

    DirectoryListener(
            Topics topics,
            DirectoryRecordRepository directory,
            TransactionalOperator transaction,
            SetupEditor setups,
            PlanLimits limits,
            Clock clock) {
        this.topics = topics;
        this.directory = directory;
        this.transaction = transaction;
        this.setups = setups;
        this.limits = limits;
        this.clock = clock;
    }

    @KafkaListener(
            id = "directory",
            groupId = "#{@topics.prefix()}config-service",
            topics = {"#{@topics.organizations()}", "#{@topics.teams()}", "#{@topics.members()}"},
            batch = "true")
    void take(List<ConsumerRecord<byte[], byte[]>> records) {
        List<Read> changes = new ArrayList<>();
        records.forEach(record -> read(record).ifPresent(changes::add));
        save(changes);
        Set<UUID> organizations = new LinkedHashSet<>();
        for (var read : changes) {
            switch (read.change()) {
                case DirectoryChange.OrganizationSaved(var organization) ->
                        organizations.add(organization.uuid());
                case DirectoryChange.OrganizationDeleted(var uuid) -> organizations.add(uuid);
                case DirectoryChange.TeamSaved _,
                        DirectoryChange.TeamDeleted _,
                        DirectoryChange.MemberSaved _,
                        DirectoryChange.MemberDeleted _ -> {}
            }
        }
        Flux.fromIterable(organizations).concatMap(this::conform).blockLast(TIMEOUT);
    }

    /// A change and where it was read.
    private record Read(DirectoryChange change, ConsumerRecord<byte[], byte[]> from) {}

    private Optional<Read> read(ConsumerRecord<byte[], byte[]> from) {
        try {
            var topic = from.topic();
            var change =
                    topic.equals(topics.organizations())
                            ? DirectoryChange.organization(from.key(), from.value())
                            : topic.equals(topics.teams())
                                    ? DirectoryChange.team(from.key(), from.value())
                                    : DirectoryChange.member(from.key(), from.value());
            return Optional.of(new Read(change, from));
        } catch (MalformedRecordException e) {
            passOver(from, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /// All of them, or each for itself where one cannot be kept: what PostgreSQL refuses once, it
    /// refuses for ever.
    private void save(List<Read> changes) {
        try {
            transaction
                    .transactional(
                            Flux.fromIterable(changes).map(Read::change).concatMap(directory::save))
                    .contextWrite(Scope.every(Scope.Reason.DIRECTORY))
                    .blockLast(TIMEOUT);
        } catch (RuntimeException e) {
            var refusal = DirectoryRecordRepository.refusal(e);
            if (refusal == null) {
                log.warn("directory.waits records={} fault={}", changes.size(), e.toString());
                throw e;
            }
            if (changes.size() == 1) {
                passOver(changes.getFirst().from(), refusal);
            } else {
                changes.forEach(change -> save(List.of(change)));
            }
        }
    }

    private static void passOver(ConsumerRecord<byte[], byte[]> record, String fault) {
        log.error(
                "directory.malformed topic={} partition={} offset={} fault=\"{}\": passed over",
                record.topic(),
                record.partition(),
                record.offset(),
                fault);
    }

    /// An organization that has set nothing up is left alone: it costs one look.
    private Mono<Void> conform(UUID organization) {
        return directory
                .hasWebhooks(organization)
                .filter(has -> has)
                .flatMap(_ ->
                        setups.edit(
                                organization,
                                setup -> {
                                    var next = limits.conform(setup, clock.instant());
                                    var by = new Caller(organization, "directory", null);
                                    var notices = WebhookNotices.deactivated(setup, next, Map.of());
                                    return new Edited<>(next, next != setup)
                                            .traced(Trace.of(by).telling(notices));
                                }))
                .doOnNext(changed -> {
                    if (changed) {
                        log.info("plan.applied organization={}", organization);
                    }
                })
                .contextWrite(Scope.of(organization))
                .then();
    }
}
