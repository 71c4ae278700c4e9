package com.avoma.webhooks.config.testsend;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.config.audit.AuditEntry;
import com.avoma.webhooks.config.audit.AuditRepository;
import com.avoma.webhooks.config.change.OrganizationRepository;
import com.avoma.webhooks.config.delivery.AttemptAnswer;
import com.avoma.webhooks.config.diagnosis.Symptom;
import com.avoma.webhooks.config.idempotency.Answer;
import com.avoma.webhooks.config.idempotency.IdempotencyRepository;
import com.avoma.webhooks.config.setup.Webhook;
import com.avoma.webhooks.config.setup.WebhookRepository;
import com.avoma.webhooks.config.web.Caller;
import com.avoma.webhooks.config.web.RefusedException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// Test sends, for the API and the console: makes the job ([TestJob]) and answers with its attempt
/// ([TestSender]). That there was one is in the audit log before it is sent.
public final class TestSends {
    private final Stored stored;
    private final Trail trail;
    private final TestSender sender;
    private final Clock clock;

    /// What is looked at.
    record Stored(WebhookRepository webhooks, OrganizationRepository organizations) {}

    /// What a test send leaves behind.
    record Trail(AuditRepository audit, IdempotencyRepository answers) {}

    TestSends(Stored stored, Trail trail, TestSender sender, Clock clock) {
        this.stored = stored;
        this.trail = trail;
        this.sender = sender;
        this.clock = clock;
        // the samples are read from files when the first one is asked for: not on an event loop
        var _ = TriggerEvent.AINOTE.sample();
    }

    /// Sends the sample payload now, to an inactive webhook too.
    ///
    /// @param keep what to keep of the answer for when the request comes again; null: nothing
    public Mono<AttemptAnswer> send(
            Caller caller, UUID uuid, Function<AttemptAnswer, Answer.@Nullable Keep> keep) {
        var organization = caller.organization();
        return stored.webhooks()
                .one(organization, uuid)
                .switchIfEmpty(Mono.error(() -> RefusedException.notFound("webhook")))
                .flatMap(webhook ->
                        stored.organizations()
                                .published(organization)
                                .flatMap(revision -> send(caller, webhook, revision)))
                .flatMap(answer -> trail.answers().keep(keep.apply(answer), 0).thenReturn(answer));
    }

    private Mono<AttemptAnswer> send(Caller caller, Webhook webhook, long revision) {
        var job =
                TestJob.of(
                        caller.organization(),
                        webhook,
                        UUID.randomUUID(),
                        revision,
                        clock.instant());
        var entry = AuditEntry.of("webhook.tested", "webhooks/" + webhook.uuid());
        return trail.audit()
                .add(caller, 0, List.of(entry))
                .then(sender.send(job))
                .map(TestSends::made);
    }

    /// Of an attempt that was made, and not of the end of a delivery without one.
    private static AttemptAnswer made(AttemptRecord attempt) {
        var outcome = attempt.outcome();
        if (outcome != null) {
            return AttemptAnswer.of(
                    1,
                    outcome,
                    attempt.targetUrl(),
                    attempt.durationMs(),
                    attempt.manual(),
                    Symptom.of(attempt));
        }
        if (attempt.verdict() == Verdict.CANCELED) {
            throw RefusedException.notFound("webhook");
        }
        throw RefusedException.unavailable(
                "delivery-service did not make the test: " + attempt.detail());
    }
}
