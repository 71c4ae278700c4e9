package com.avoma.webhooks.config.change;

import com.avoma.webhooks.config.isolation.Scope;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Takes back what was not published by its deadline, every second: whoever wanted it was refused,
/// or is gone with its instance. Usually [SetupEditor] has done so itself; this is for when it
/// could not. Every instance looks; each change is taken back once.
final class ExpiredChanges implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ExpiredChanges.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final ChangeRepository changes;
    private final Disposable looking;

    ExpiredChanges(ChangeRepository changes) {
        this.changes = changes;
        this.looking =
                Flux.interval(INTERVAL).onBackpressureDrop().concatMap(_ -> look()).subscribe();
    }

    @Override
    public void close() {
        looking.dispose();
    }

    private Mono<Void> look() {
        return changes.expired()
                .contextWrite(Scope.every(Scope.Reason.PUBLICATION))
                .concatMap(expired ->
                        changes.takeBack(expired.organization(), expired.revision())
                                .contextWrite(Scope.of(expired.organization()))
                                .doOnNext(fate ->
                                        log.warn(
                                                "change.expired organization={} revision={} fate={}",
                                                expired.organization(),
                                                expired.revision(),
                                                fate)))
                .then()
                .onErrorResume(e -> {
                    log.debug("change.expired is looked for again", e);
                    return Mono.empty();
                });
    }
}
