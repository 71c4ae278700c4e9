package com.avoma.webhooks.config.ledger;

import com.avoma.webhooks.config.isolation.Scope;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/// Looks for deliveries that nothing explains: accepted, not ended, overdue, and with no job on
/// Kafka; or attempted with no decision. It judges only what the log has taken whole, so that
/// neither a backlog of the log nor one of deliveries is mistaken for a loss.
final class Reconciliation {
    private static final Logger log = LoggerFactory.getLogger(Reconciliation.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int MOST = 20_000;

    private final LedgerRepository repository;
    private final PendingJobsClient backlog;
    private final LedgerProperties properties;
    private final Clock clock;
    private final Suspects suspects = new Suspects();

    Reconciliation(
            LedgerRepository repository,
            PendingJobsClient backlog,
            LedgerProperties properties,
            Clock clock) {
        this.repository = repository;
        this.backlog = backlog;
        this.properties = properties;
        this.clock = clock;
    }

    /// Looks once, where it is this instance's turn. Blocks.
    void look() throws InterruptedException {
        if (!Boolean.TRUE.equals(done(repository.takeTurn(properties.interval())))) {
            return;
        }
        var before = clock.instant().minus(properties.slack());
        if (!backlog.awaitLogged()) {
            log.info("ledger.waiting: the log has not taken everything yet");
            return;
        }
        var overdue = done(repository.overdue(before, MOST));
        if (overdue == null) {
            return;
        }
        var jobs =
                overdue.stream().allMatch(one -> one.why() == Overdue.Why.NO_DECISION)
                        ? new PendingJobsClient.Jobs(Set.of(), Set.of(), Map.of())
                        : backlog.unfinished();
        List<Overdue> missing =
                suspects.confirmed(
                        overdue, one -> jobs.mayHave(one.messageId(), one.webhookUuid()));
        for (var one : missing) {
            log.error(
                    "ledger.unaccounted why={} delivery={} event={} webhook={} expected_at={}",
                    one.why(),
                    one.messageId(),
                    one.eventId(),
                    one.webhookUuid(),
                    one.expectedAt());
        }
        done(repository.replace(missing).thenReturn(true));
    }

    private static <T> @Nullable T done(Mono<T> work) {
        return work.contextWrite(Scope.every(Scope.Reason.DELIVERY_LOG)).block(TIMEOUT);
    }
}
