package com.avoma.webhooks.config.deactivation;

import com.avoma.webhooks.config.change.SetupEditor;
import com.avoma.webhooks.config.deactivation.BacklogClient.Mark;
import com.avoma.webhooks.config.deactivation.DeactivationPolicy.Step;
import com.avoma.webhooks.config.deactivation.StreakRepository.Found;
import com.avoma.webhooks.config.isolation.Scope;
import com.avoma.webhooks.config.publication.LeasedLoop;
import com.avoma.webhooks.config.setup.Edited;
import com.avoma.webhooks.config.setup.InactiveReason;
import com.avoma.webhooks.config.setup.OrganizationSetup;
import com.avoma.webhooks.config.setup.Trace;
import com.avoma.webhooks.config.setup.WebhookNotices;
import com.avoma.webhooks.config.web.Caller;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Warns of webhooks that fail and switches them off, on one instance's own thread. It judges as of
/// a moment of which everything is known: it notes the time and where `delivery-attempts` ends, and
/// goes on when the streaks are that far. A backlog so never switches off what has succeeded since.
final class Deactivator implements LeasedLoop.Work {
    private static final Logger log = LoggerFactory.getLogger(Deactivator.class);

    /// Longer than a batch of edits that all wait until they are given up.
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static final int BATCH = 64;
    private static final int AT_ONCE = 8;
    private static final String ACTOR = "system";

    private final StreakRepository streaks;
    private final Warnings warnings;
    private final DeactivationPolicy policy;
    private final SetupEditor setups;
    private final BacklogClient backlog;
    private final Clock clock;
    private @Nullable Moment moment;

    /// When everything before the mark was on Kafka, and nothing after it.
    private record Moment(Instant time, Mark mark) {}

    Deactivator(
            StreakRepository streaks,
            Warnings warnings,
            DeactivationPolicy policy,
            SetupEditor setups,
            BacklogClient backlog,
            Clock clock) {
        this.streaks = streaks;
        this.warnings = warnings;
        this.policy = policy;
        this.setups = setups;
        this.backlog = backlog;
        this.clock = clock;
    }

    @Override
    public void pass(BooleanSupplier held) {
        var judged = moment;
        if (judged == null) {
            var now = clock.instant();
            if (due(now, 1).isEmpty()) {
                return;
            }
            judged = new Moment(now, backlog.end());
            moment = judged;
        }
        if (!backlog.passed(judged.mark())) {
            return;
        }
        moment = null;
        var time = judged.time();
        Flux.fromIterable(due(time, BATCH))
                .flatMap(found -> follow(found, time), AT_ONCE)
                .blockLast(TIMEOUT);
    }

    @Override
    public void letGo() {
        moment = null;
    }

    private List<Found> due(Instant time, int limit) {
        return streaks.due(policy, time, limit)
                .contextWrite(Scope.every(Scope.Reason.DEACTIVATION))
                .collectList()
                .blockOptional(TIMEOUT)
                .orElseThrow();
    }

    private Mono<Void> follow(Found found, Instant time) {
        Mono<Void> done =
                switch (policy.next(found.streak(), time)) {
                    case Step.Nothing() -> Mono.empty();
                    case Step.Tell(var told) -> warnings.tell(found, told);
                    case Step.Deactivate(var reason) -> deactivate(found, reason);
                };
        return done.onErrorResume(
                        fault -> {
                            log.warn(
                                    "deactivation.waits webhook={} fault={}",
                                    found.webhook(),
                                    fault.toString());
                            return Mono.empty();
                        })
                .contextWrite(Scope.of(found.organization()));
    }

    private Mono<Void> deactivate(Found found, InactiveReason reason) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return setups.edit(found.organization(), setup -> deactivated(setup, found, reason, now))
                .doOnNext(done -> {
                    if (done) {
                        log.info(
                                "webhook.deactivated organization={} webhook={} reason={}"
                                        + " failures={} since={}",
                                found.organization(),
                                found.webhook(),
                                reason.wireName(),
                                found.streak().failures(),
                                found.streak().firstFailure());
                    }
                })
                .then();
    }

    /// Leaves alone what an admin changed since it was judged: that may be the mending of it.
    private Edited<Boolean> deactivated(
            OrganizationSetup setup, Found found, InactiveReason reason, Instant now) {
        var webhook = setup.webhook(found.webhook()).orElse(null);
        if (webhook == null || !webhook.active() || webhook.version() != found.version()) {
            return new Edited<>(setup, false);
        }
        var next = setup.with(webhook.changed(webhook.fields(), reason, now));
        var facts = Warnings.facts(found.streak());
        var notices = new ArrayList<>(WebhookNotices.deactivated(setup, next, facts));
        if (reason == InactiveReason.FAILING && found.streak().told() == Streak.Told.NOTHING) {
            notices.addFirst(warnings.warning(found, webhook));
        }
        var by = new Caller(setup.organization(), ACTOR, null);
        return new Edited<>(next, true).traced(Trace.of(by).telling(notices));
    }
}
