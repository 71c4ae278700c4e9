package com.avoma.webhooks.config.erasure;

import com.avoma.webhooks.config.change.SetupEditor;
import com.avoma.webhooks.config.isolation.Scope;
import com.avoma.webhooks.config.setup.Edited;
import com.avoma.webhooks.config.setup.OrganizationSetup;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/// Erases an organization in steps that can be done again: its webhooks and secrets go by an edit
/// that is published, so that what is pending is canceled; then every row. What still comes from
/// Kafka until it settles is left out of the log, and swept away where it was on its way. Then a
/// tombstone ends what the other services hold, and the organization's own row goes.
final class Eraser {
    private static final Logger log = LoggerFactory.getLogger(Eraser.class);

    /// How long what was on its way when it began may still come into the database.
    private static final Duration ON_ITS_WAY = Duration.ofMinutes(10);

    private final ErasureRepository erasures;
    private final SetupEditor setups;
    private final Clock clock;

    Eraser(ErasureRepository erasures, SetupEditor setups, Clock clock) {
        this.erasures = erasures;
        this.setups = setups;
        this.clock = clock;
    }

    /// Goes on with each that there is something to do for; one that fails holds up no other.
    ///
    /// @return rows that were deleted
    Mono<Long> goOn() {
        return erasures.running()
                .filter(this::isDue)
                .concatMapDelayError(this::goOn)
                .reduce(0L, Long::sum);
    }

    private boolean isDue(Erasure erasure) {
        var erased = erasure.erasedAt();
        return erased == null
                || clock.instant().isBefore(erased.plus(ON_ITS_WAY))
                || isSettled(erasure);
    }

    private boolean isSettled(Erasure erasure) {
        return !clock.instant().isBefore(erasure.settlesAt());
    }

    private Mono<Long> goOn(Erasure erasure) {
        var organization = erasure.organizationUuid();
        return empty(organization)
                .then(erasures.deleteRows(organization))
                .flatMap(rows -> erasures.erased(organization).thenReturn(rows))
                .doOnNext(rows -> report(erasure, rows))
                .flatMap(rows -> settle(erasure).thenReturn(rows));
    }

    private Mono<Void> empty(UUID organization) {
        return setups.edit(organization, Eraser::emptied)
                .contextWrite(Scope.of(organization))
                .then();
    }

    private static Edited<Boolean> emptied(OrganizationSetup setup) {
        return new Edited<>(setup.withWebhooks(List.of()).withSigningSecrets(List.of()), true);
    }

    private static void report(Erasure erasure, long rows) {
        if (erasure.erasedAt() == null || rows > 0) {
            log.info(
                    "organization.erased organization={} rows={} settles_at={}",
                    erasure.organizationUuid(),
                    rows,
                    erasure.settlesAt());
        }
    }

    private Mono<Void> settle(Erasure erasure) {
        if (!isSettled(erasure)) {
            return Mono.empty();
        }
        var organization = erasure.organizationUuid();
        return erasures.bury(organization).then(erasures.forget(organization));
    }
}
