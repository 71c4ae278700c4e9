package com.avoma.webhooks.config.recovery;

import com.avoma.webhooks.config.idempotency.Answer;
import com.avoma.webhooks.config.recovery.Recovery.Status;
import com.avoma.webhooks.config.setup.Webhook;
import com.avoma.webhooks.config.setup.WebhookRepository;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.RefusedException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// Recoveries, for the API and the console: what is asked for is written down, and [RecoveryWorker]
/// goes to work on it.
public final class Recoveries {
    private final RecoveryRepository recoveries;
    private final AskedRecoveryRepository asked;
    private final KnownDeliveryRepository deliveries;
    private final WebhookRepository webhooks;
    private final RecoveryWorker worker;
    private final Clock clock;

    Recoveries(
            RecoveryRepository recoveries,
            AskedRecoveryRepository asked,
            KnownDeliveryRepository deliveries,
            WebhookRepository webhooks,
            RecoveryWorker worker,
            Clock clock) {
        this.recoveries = recoveries;
        this.asked = asked;
        this.deliveries = deliveries;
        this.webhooks = webhooks;
        this.worker = worker;
        this.clock = clock;
    }

    /// Begins one, or a dry run.
    ///
    /// @param json the API's request
    /// @param keep what to keep of the answer for when the request comes again; null: nothing
    public Mono<Recovery> create(
            Caller caller,
            UUID webhook,
            byte @Nullable [] json,
            Function<Recovery, Answer.@Nullable Keep> keep) {
        return webhook(caller, webhook)
                .flatMap(found -> {
                    var recovery = read(found, json);
                    return asked.add(caller, webhook, recovery, keep)
                            .doOnSuccess(_ -> worker.nudge());
                });
    }

    /// Those of a webhook, oldest first.
    public Mono<List<Recovery>> all(Caller caller, UUID webhook) {
        return webhook(caller, webhook)
                .thenMany(recoveries.all(caller.organization(), webhook))
                .collectList();
    }

    public Mono<Recovery> one(Caller caller, UUID webhook, UUID id) {
        return recoveries
                .one(caller.organization(), webhook, id)
                .switchIfEmpty(Mono.error(() -> RefusedException.notFound("recovery")));
    }

    /// Ends one that runs; what it has sent stays sent.
    public Mono<Void> cancel(Caller caller, UUID webhook, UUID id) {
        return one(caller, webhook, id)
                .flatMap(recovery -> asked.cancel(caller, webhook, recovery.id()));
    }

    /// When the oldest event happened that was given up for the webhook; empty: there is none.
    public Mono<Instant> failingSince(Caller caller, UUID webhook) {
        return deliveries.oldestFailed(caller.organization(), webhook);
    }

    private Recovery read(Webhook webhook, byte @Nullable [] json) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var request = RecoveryRequest.read(json, now);
        if (!webhook.active() && !request.dryRun()) {
            throw RefusedException.invalid(
                    "The webhook is inactive, and an inactive webhook is sent nothing. Activate it"
                            + " first; nothing that failed is lost until then.");
        }
        return new Recovery(
                UUID.randomUUID(),
                request.since(),
                request.until(),
                request.only(),
                request.dryRun(),
                Status.RUNNING,
                0,
                0,
                0,
                now);
    }

    private Mono<Webhook> webhook(Caller caller, UUID uuid) {
        return webhooks.one(caller.organization(), uuid)
                .switchIfEmpty(Mono.error(() -> RefusedException.notFound("webhook")));
    }
}
