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
/// record that is none is reported and passed over.
@Component
class DirectoryListener {
    private static final Logger log = LoggerFactory.getLogger(DirectoryListener.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Topics topics;
    private final DirectoryRepository directory;
    private final TransactionalOperator transaction;
    private final SetupEditor setups;
    private final PlanLimits limits;
    private final Clock clock;

    DirectoryListener(
            Topics topics,
            DirectoryRepository directory,
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
        List<DirectoryChange> changes = new ArrayList<>();
        records.forEach(record -> read(record).ifPresent(changes::add));
        transaction
                .transactional(Flux.fromIterable(changes).concatMap(this::save))
                .contextWrite(Scope.every(Scope.Reason.DIRECTORY))
                .blockLast(TIMEOUT);
        Set<UUID> organizations = new LinkedHashSet<>();
        for (var change : changes) {
            switch (change) {
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

    private Optional<DirectoryChange> read(ConsumerRecord<byte[], byte[]> record) {
        try {
            var topic = record.topic();
            if (topic.equals(topics.organizations())) {
                return Optional.of(DirectoryChange.organization(record.key(), record.value()));
            }
            return Optional.of(
                    topic.equals(topics.teams())
                            ? DirectoryChange.team(record.key(), record.value())
                            : DirectoryChange.member(record.key(), record.value()));
        } catch (MalformedRecordException e) {
            log.error(
                    "directory.malformed topic={} partition={} offset={} fault=\"{}\": passed over",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private Mono<Void> save(DirectoryChange change) {
        return switch (change) {
            case DirectoryChange.OrganizationSaved(var organization) ->
                    directory.save(organization);
            case DirectoryChange.OrganizationDeleted(var uuid) ->
                    directory.deleteOrganization(uuid);
            case DirectoryChange.TeamSaved(var team) -> directory.save(team);
            case DirectoryChange.TeamDeleted(var uuid) -> directory.deleteTeam(uuid);
            case DirectoryChange.MemberSaved(var member) -> directory.save(member);
            case DirectoryChange.MemberDeleted(var uuid) -> directory.deleteMember(uuid);
        };
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
