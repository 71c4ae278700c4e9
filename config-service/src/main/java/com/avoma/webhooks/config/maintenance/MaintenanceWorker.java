package com.avoma.webhooks.config.maintenance;

import com.avoma.webhooks.common.secret.SealBrokenException;
import com.avoma.webhooks.config.change.SetupEditor;
import com.avoma.webhooks.config.idempotency.IdempotencyRepository;
import com.avoma.webhooks.config.isolation.Scope;
import com.avoma.webhooks.config.maintenance.MaintenanceRepository.Claim;
import com.avoma.webhooks.config.maintenance.MaintenanceRepository.Page;
import com.avoma.webhooks.config.setup.Edited;
import com.avoma.webhooks.config.setup.OrganizationSetup;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/// Does the tasks that [MaintenanceController] takes, on a thread of its own, organization by
/// organization. Each is an edit like any admin's ([SetupEditor]), so it is in order with theirs
/// and safe beside them and beside other instances. Progress is in the database: whoever finds a
/// task whose instance is gone goes on where it was.
final class MaintenanceWorker implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(MaintenanceWorker.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CLAIM = Duration.ofSeconds(20);
    private static final Duration PAGE_TIMEOUT = Duration.ofMinutes(2);
    private static final int PAGE = 20;
    private static final int AT_ONCE = 4;

    private final MaintenanceRepository tasks;
    private final SetupEditor setups;
    private final Reseal reseal;
    private final IdempotencyRepository answers;
    private final Runnable provision;
    private final UUID instance = UUID.randomUUID();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /// What became of one organization.
    private enum Outcome {
        CHANGED,
        UNCHANGED,
        UNREADABLE
    }

    /// @param provision makes the topic where it is missing; blocks
    MaintenanceWorker(
            MaintenanceRepository tasks,
            SetupEditor setups,
            Reseal reseal,
            IdempotencyRepository answers,
            Runnable provision) {
        this.tasks = tasks;
        this.setups = setups;
        this.reseal = reseal;
        this.answers = answers;
        this.provision = provision;
        this.thread = Thread.ofPlatform().name("maintenance").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Ends what is under way, then lets another instance go on.
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(PAGE_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (closed.getCount() > 0) {
            try {
                var claim =
                        await(tasks.claim(instance, CLAIM).map(List::of).defaultIfEmpty(List.of()));
                if (claim.isEmpty()) {
                    pause();
                } else {
                    goOn(claim.getFirst());
                }
            } catch (RuntimeException e) {
                log.warn("maintenance.waits fault={}", e.toString());
                pause();
            }
        }
        try {
            await(tasks.release(instance).thenReturn(true));
        } catch (RuntimeException e) {
            log.warn("maintenance.claim kept until it expires: {}", e.toString());
        }
    }

    /// One page. What fails as a whole, because Kafka or PostgreSQL is away, is done again.
    private void goOn(Claim claim) {
        var task = claim.task();
        if (task == Task.REPUBLICATION && claim.after() == null) {
            provision.run();
        }
        var page = await(tasks.organizations(claim.after(), PAGE).collectList());
        if (page.isEmpty()) {
            await(tasks.finish(instance, task).thenReturn(true));
            log.info("maintenance.finished task={}", task.wireName());
            return;
        }
        var outcomes =
                await(
                        Flux.fromIterable(page)
                                .flatMap(organization -> one(task, organization), AT_ONCE)
                                .collectList());
        long changed = outcomes.stream().filter(o -> o == Outcome.CHANGED).count();
        long unreadable = outcomes.stream().filter(o -> o == Outcome.UNREADABLE).count();
        var done = new Page(page.getLast(), page.size(), changed, unreadable);
        await(tasks.advance(instance, task, done).thenReturn(true));
        log.info(
                "maintenance.progress task={} organizations={} changed={} unreadable={} last={}",
                task.wireName(),
                page.size(),
                changed,
                unreadable,
                done.last());
    }

    private Mono<Outcome> one(Task task, UUID organization) {
        var outcome =
                switch (task) {
                    case REPUBLICATION ->
                            setups.republish(organization).thenReturn(Outcome.CHANGED);
                    case RESEAL ->
                            answers.reseal(organization)
                                    .then(setups.edit(organization, this::resealed))
                                    .onErrorResume(
                                            SealBrokenException.class,
                                            e -> {
                                                log.error(
                                                        "maintenance.unreadable {}",
                                                        e.getMessage());
                                                return Mono.just(Outcome.UNREADABLE);
                                            });
                };
        return outcome.contextWrite(Scope.of(organization));
    }

    private Edited<Outcome> resealed(OrganizationSetup setup) {
        var next = reseal.apply(setup);
        return new Edited<>(next, next.equals(setup) ? Outcome.UNCHANGED : Outcome.CHANGED);
    }

    private void pause() {
        try {
            if (closed.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                log.debug("closing");
            }
        } catch (InterruptedException e) {
            closed.countDown();
        }
    }

    /// Blocks: this is the worker's own thread.
    private static <T> T await(Mono<T> answer) {
        return Objects.requireNonNull(answer.block(PAGE_TIMEOUT), "an answer");
    }
}
