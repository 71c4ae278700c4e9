package com.avoma.webhooks.config.recovery;

import com.avoma.webhooks.config.audit.AuditEntry;
import com.avoma.webhooks.config.audit.AuditRepository;
import com.avoma.webhooks.config.idempotency.Answer;
import com.avoma.webhooks.config.idempotency.IdempotencyRepository;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.RefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;

/// What admins begin and cancel, with what a change leaves behind, in one transaction.
@Component
class AskedRecoveryRepository {
    private final RecoveryRepository recoveries;
    private final AuditRepository audit;
    private final IdempotencyRepository answers;
    private final TransactionalOperator transaction;

    AskedRecoveryRepository(
            RecoveryRepository recoveries,
            AuditRepository audit,
            IdempotencyRepository answers,
            TransactionalOperator transaction) {
        this.recoveries = recoveries;
        this.audit = audit;
        this.answers = answers;
        this.transaction = transaction;
    }

    /// Completes with it as it begins. Fails with 400 where another one of the webhook runs.
    Mono<Recovery> add(
            Caller by,
            UUID webhook,
            Recovery recovery,
            Function<Recovery, Answer.@Nullable Keep> keep) {
        var entry =
                new AuditEntry(
                        "recovery.created", resource(webhook, recovery.id()), changes(recovery));
        var change =
                recoveries
                        .add(by.organization(), webhook, recovery)
                        .switchIfEmpty(
                                Mono.error(() ->
                                        RefusedException.invalid(
                                                "A recovery of this webhook is running. Wait for"
                                                        + " it, or cancel it.")))
                        .flatMap(added ->
                                audit.add(by, 0, List.of(entry))
                                        .then(answers.keep(keep.apply(added), 0))
                                        .thenReturn(added));
        return transaction.transactional(change);
    }

    /// Nothing where it does not run any more.
    Mono<Void> cancel(Caller by, UUID webhook, UUID id) {
        var entry = AuditEntry.of("recovery.canceled", resource(webhook, id));
        return transaction.transactional(
                recoveries
                        .cancel(by.organization(), id)
                        .flatMap(canceled ->
                                canceled ? audit.add(by, 0, List.of(entry)) : Mono.empty()));
    }

    private static Map<String, AuditEntry.Change> changes(Recovery recovery) {
        Map<String, Object> after = new LinkedHashMap<>();
        after.put("since", recovery.since().toString());
        after.put("until", recovery.until().toString());
        after.put("only", recovery.only().wireName());
        after.put("dry_run", recovery.dryRun());
        return AuditEntry.changes(Map.of(), after);
    }

    private static String resource(UUID webhook, UUID recovery) {
        return "webhooks/" + webhook + "/recoveries/" + recovery;
    }
}
