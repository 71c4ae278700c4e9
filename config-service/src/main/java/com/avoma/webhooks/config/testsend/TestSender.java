package com.avoma.webhooks.config.testsend;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.config.job.JobPublisher;
import com.avoma.webhooks.config.web.RefusedException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/// Hands a job to delivery-service and waits for what it came to, on a virtual thread of its own:
/// the reader stands at the topic's end before the job goes out, so that its record cannot be
/// missed.
@Component
class TestSender implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TestSender.class);

    /// A slot is free again within the time that an attempt has.
    private static final Duration BUSY = Duration.ofSeconds(5);

    private final AttemptClient attempts;
    private final JobPublisher jobs;
    private final TestSendProperties properties;
    private final Semaphore slots;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Scheduler scheduler = Schedulers.fromExecutorService(threads, "test-sends");

    TestSender(AttemptClient attempts, JobPublisher jobs, TestSendProperties properties) {
        this.attempts = attempts;
        this.jobs = jobs;
        this.properties = properties;
        this.slots = new Semaphore(properties.atOnce());
    }

    /// The job's attempt. Fails with 429 where too many are under way, and with 503 where Kafka or
    /// delivery-service does not answer.
    Mono<AttemptRecord> send(DeliveryJob job) {
        return Mono.fromCallable(() -> sendAndAwait(job)).subscribeOn(scheduler);
    }

    private AttemptRecord sendAndAwait(DeliveryJob job) throws InterruptedException {
        if (!slots.tryAcquire()) {
            throw RefusedException.tooMany(
                    "So many test sends are under way already that this one was not made.", BUSY);
        }
        try (var tail = attempts.from(job.webhookUuid())) {
            jobs.publish(job).get();
            var attempt = tail.await(job.messageId(), properties.patience());
            if (attempt == null) {
                log.warn(
                        "test.unanswered webhook={} message={} patience_ms={}",
                        job.webhookUuid(),
                        job.messageId(),
                        properties.patience().toMillis());
                throw RefusedException.unavailable(
                        "delivery-service did not say within %d s what the test came to. It may still be sent; the delivery log will show it."
                                .formatted(properties.patience().toSeconds()));
            }
            return attempt;
        } catch (KafkaException | ExecutionException e) {
            log.warn("test.unsent webhook={} fault={}", job.webhookUuid(), e.toString());
            throw RefusedException.unavailable(
                    "Kafka does not answer, so that the test was not sent. Try again later.");
        } finally {
            slots.release();
        }
    }

    @Override
    public void close() {
        scheduler.dispose();
        threads.shutdownNow();
    }
}
