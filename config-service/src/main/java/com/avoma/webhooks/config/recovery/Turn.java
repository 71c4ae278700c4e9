package com.avoma.webhooks.config.recovery;

import com.avoma.webhooks.config.isolation.Scope;
import com.avoma.webhooks.config.recovery.Claim.Phase;
import com.avoma.webhooks.config.replay.ReplayClient;
import com.avoma.webhooks.config.replay.Replayable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/// One turn of a worker at a recovery: page by page through Kafka, each counted or sent, until the
/// phase is done, the time is up, or the recovery is no longer the worker's. Blocks: a worker has a
/// thread of its own.
final class Turn {
    private static final Logger log = LoggerFactory.getLogger(Turn.class);
    private static final Duration DATABASE = Duration.ofSeconds(30);
    private static final int LARGEST_PAGE = 500;

    private final RecoveryRepository recoveries;
    private final ClaimRepository claims;
    private final Selection selection;
    private final ReplayClient replays;
    private final RecoveryPublisher publisher;
    private final RecoveryProperties properties;

    Turn(
            RecoveryRepository recoveries,
            ClaimRepository claims,
            Selection selection,
            ReplayClient replays,
            RecoveryPublisher publisher,
            RecoveryProperties properties) {
        this.recoveries = recoveries;
        this.claims = claims;
        this.selection = selection;
        this.replays = replays;
        this.publisher = publisher;
        this.properties = properties;
    }

    /// @param stop whether to end early
    void take(UUID worker, Claim claim, BooleanSupplier stop) {
        var range = claim.range();
        var places = claim.places();
        if (places == null) {
            places = replays.places(range);
            ask(claims.advance(worker, claim, new Claim.Step(places, 0, 0, 0)));
        }
        var pace = new Pace(properties.rate(), System::nanoTime);
        long end = System.nanoTime() + properties.lease().toNanos();
        long noted = System.nanoTime();
        try (var reader = replays.from(range, places, page(claim))) {
            while (!reader.places().areRead()) {
                if (stop.getAsBoolean() || System.nanoTime() - end > 0) {
                    ask(claims.advance(worker, claim, none(reader)));
                    return;
                }
                var found = reader.next();
                if (found.isEmpty()) {
                    noted = noteNow(worker, claim, reader, noted);
                } else if (!goOn(worker, claim, reader, found, pace)) {
                    return;
                }
            }
        }
        finish(worker, claim);
    }

    /// A page is sent in about a second, whatever the rate: so often it is looked whether the
    /// recovery was canceled.
    private int page(Claim claim) {
        return claim.phase() == Phase.COUNTING
                ? LARGEST_PAGE
                : Math.clamp(properties.rate(), 1, LARGEST_PAGE);
    }

    /// Counts or sends a page.
    ///
    /// @return whether there is more to do
    private boolean goOn(
            UUID worker,
            Claim claim,
            ReplayClient.Reader reader,
            List<Replayable> found,
            Pace pace) {
        if (!get(claims.renew(worker, claim, properties.lease()))) {
            return false;
        }
        var range = claim.range();
        var webhook = ask(selection.webhook(range));
        if (webhook == null || !webhook.active() && !claim.dryRun()) {
            ask(recoveries.cancel(range.organization(), claim.id()));
            log.info(
                    "recovery.canceled id={} webhook={}: the webhook is {}",
                    claim.id(),
                    range.webhook(),
                    webhook == null ? "deleted" : "inactive");
            return false;
        }
        var chosen = get(selection.of(range, webhook, found));
        var page = chosen.replayables();
        switch (claim.phase()) {
            case COUNTING -> {
                var step = new Claim.Step(reader.places(), page.size(), chosen.logged(), 0);
                ask(claims.advance(worker, claim, step));
            }
            case SENDING -> {
                var step = new Claim.Step(reader.places(), 0, 0, page.size());
                var progress = claims.advance(worker, claim, step);
                ask(publisher.publish(page, get(selection.revision(range)), pace, progress));
            }
        }
        return true;
    }

    /// Where nothing is found for long, the place and the lease are noted every second.
    private long noteNow(UUID worker, Claim claim, ReplayClient.Reader reader, long noted) {
        long now = System.nanoTime();
        if (now - noted < Duration.ofSeconds(1).toNanos()) {
            return noted;
        }
        ask(claims.advance(worker, claim, none(reader)));
        ask(claims.renew(worker, claim, properties.lease()));
        return now;
    }

    private void finish(UUID worker, Claim claim) {
        switch (claim.phase()) {
            case COUNTING -> ask(claims.counted(worker, claim, logged(worker, claim)));
            case SENDING -> ask(claims.complete(worker, claim));
        }
        log.info(
                "recovery.{} id={} webhook={} only={} dry_run={}",
                claim.phase() == Phase.COUNTING ? "counted" : "sent",
                claim.id(),
                claim.range().webhook(),
                claim.range().only().wireName(),
                claim.dryRun());
    }

    /// Day by day: to count millions takes longer than a statement may, and than a lease.
    private long logged(UUID worker, Claim claim) {
        long logged = 0;
        for (var day : get(selection.days(claim.range()))) {
            ask(claims.renew(worker, claim, properties.lease()));
            logged += get(selection.logged(day));
        }
        return logged;
    }

    private static Claim.Step none(ReplayClient.Reader reader) {
        return new Claim.Step(reader.places(), 0, 0, 0);
    }

    private static <T> T get(Mono<T> answer) {
        return Objects.requireNonNull(ask(answer), "an answer");
    }

    static <T> @Nullable T ask(Mono<T> answer) {
        return answer.contextWrite(Scope.every(Scope.Reason.RECOVERY)).block(DATABASE);
    }
}
