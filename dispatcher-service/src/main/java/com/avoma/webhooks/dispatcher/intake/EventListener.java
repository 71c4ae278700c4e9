package com.avoma.webhooks.dispatcher.intake;

import com.avoma.webhooks.dispatcher.metrics.DispatchMetrics;
import com.avoma.webhooks.dispatcher.publication.TransactionPublisher;
import com.avoma.webhooks.dispatcher.topic.TableClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Where meeting events come in: so many threads, each with a consumer and transactional producers
/// of its own. Next: [PartitionsListener].
@Component
class EventListener implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(EventListener.class);

    /// Below the time that Spring gives a phase, so that the tables still answer meanwhile.
    private static final Duration DRAIN = Duration.ofSeconds(15);

    private final IntakeClient kafka;
    private final DispatcherProperties properties;
    private final TableClient tables;
    private final DispatchPublisher dispatch;
    private volatile List<Worker> workers = List.of();

    private record Worker(PartitionsListener listener, Thread thread) {}

    EventListener(
            IntakeClient kafka,
            DispatcherProperties properties,
            TableClient tables,
            DispatchPublisher dispatch,
            DispatchMetrics metrics) {
        this.kafka = kafka;
        this.properties = properties;
        this.tables = tables;
        this.dispatch = dispatch;
        metrics.lagOf("meeting-events", this::lag);
    }

    @Override
    public void start() {
        workers = IntStream.range(0, properties.threads()).mapToObj(this::worker).toList();
        workers.forEach(worker -> worker.thread().start());
    }

    /// Lets each thread finish the transaction that it is in, and leave the group.
    @Override
    public void stop() {
        var stopping = workers;
        stopping.forEach(worker -> worker.listener().stop());
        long deadline = System.nanoTime() + DRAIN.toNanos();
        try {
            for (var worker : stopping) {
                var left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
                if (!worker.thread().join(left)) {
                    log.warn("intake.interrupted thread={} after={}", worker.thread(), DRAIN);
                    worker.thread().interrupt();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers = List.of();
    }

    @Override
    public boolean isRunning() {
        return !workers.isEmpty();
    }

    /// Whether a thread has ended by itself: an error of the JVM, which only a restart helps.
    boolean isBroken() {
        return workers.stream().anyMatch(worker -> !worker.thread().isAlive());
    }

    private long lag() {
        return workers.stream().mapToLong(worker -> worker.listener().lag()).sum();
    }

    private Worker worker(int number) {
        var listener =
                new PartitionsListener(
                        () -> kafka.consumer(number),
                        new TransactionPublisher(kafka.producers(number)),
                        tables,
                        dispatch,
                        new PartitionsListener.Limits(
                                properties.transactionRecords(),
                                properties.transactionSize().toBytes()));
        return new Worker(
                listener, Thread.ofPlatform().name("meeting-events-" + number).unstarted(listener));
    }
}
