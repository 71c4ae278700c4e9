package com.avoma.webhooks.benchmark.product;

import com.avoma.webhooks.benchmark.load.EventPublisher;
import com.avoma.webhooks.benchmark.load.EventRecord;
import com.avoma.webhooks.benchmark.load.Settling;
import com.avoma.webhooks.benchmark.parts.OpenParts;
import com.avoma.webhooks.benchmark.process.MeasuredProcess;
import com.avoma.webhooks.benchmark.process.Usage;
import com.avoma.webhooks.benchmark.report.Goal;
import com.avoma.webhooks.benchmark.report.Lateness;
import com.avoma.webhooks.benchmark.report.ProcessFigures;
import com.avoma.webhooks.benchmark.report.Result;
import com.avoma.webhooks.benchmark.report.Series;
import com.avoma.webhooks.benchmark.setting.Setting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/// (c): from the moment an event should have been on Kafka to the 2xx of its receiver, through the
/// dispatcher and delivery, at rates that double until one is not kept or p99 is above a second.
/// config-service writes the log of it meanwhile, as it does in the product.
public final class LatencyScenario {
    private static final int LOWEST_RATE = 200;
    private static final int HIGHEST_RATE = 51_200;
    private static final double GOAL_P50_MS = 15;
    private static final double GOAL_P99_MS = 50;
    private static final double LIMIT_P99_MS = 1_000;

    /// What may be under way when the last event has been published, as a share of a second's
    /// events: more means that the rate is not kept.
    private static final double UNDER_WAY = 0.25;

    private static final Duration FIRST_DELIVERY = Duration.ofSeconds(60);
    private static final Duration LAST_DELIVERY = Duration.ofMinutes(3);
    private static final long LOOK_MS = 50;

    /// Of the compilers, at rates in turn, and then at one until it gets no better. With five JVMs
    /// on a few cores they take more than half of the CPU time for minutes.
    private static final List<Integer> WARM_UP = List.of(500, 2_000, 4_000);

    private static final int SETTLING_RATE = 800;
    private static final int LONGEST_SETTLING = 30;

    private final Setting setting;
    private final Surroundings surroundings;
    private final EventPublisher publisher;

    private LatencyScenario(Setting setting, Surroundings surroundings, EventPublisher publisher) {
        this.setting = setting;
        this.surroundings = surroundings;
        this.publisher = publisher;
    }

    public static Result measure(Setting setting) throws IOException, InterruptedException {
        try (var parts = new OpenParts(setting.directory())) {
            var surroundings = Surroundings.start(parts);
            List<MeasuredProcess> services = new ArrayList<>();
            for (var service : Service.values()) {
                services.add(parts.add(launch(setting, surroundings, service).start().process()));
            }
            var organizations = Organizations.create(surroundings, EventRecord.TYPE.name());
            try (var publisher =
                    new EventPublisher(
                            surroundings.broker().address(), organizations.uuids(), Setting.BODY)) {
                var scenario = new LatencyScenario(setting, surroundings, publisher);
                return scenario.measure(services);
            }
        }
    }

    private static Launch launch(Setting setting, Surroundings surroundings, Service service)
            throws IOException, InterruptedException {
        var packaged = Launch.packaged(setting, surroundings, service);
        boolean own = service == Service.DELIVERY && !setting.serviceFlags().isEmpty();
        return own ? packaged.with(setting.serviceFlags()) : packaged;
    }

    private Result measure(List<MeasuredProcess> services) throws InterruptedException {
        awaitFirstDelivery();
        for (int rate : WARM_UP) {
            publish(rate, window());
        }
        settle();
        List<MeasuredProcess> measured = new ArrayList<>(services);
        measured.add(surroundings.broker().process());
        measured.add(surroundings.receiver().process());
        var before = measured.stream().map(MeasuredProcess::usage).toList();
        List<Lateness> all = new ArrayList<>();
        for (int rate = LOWEST_RATE; rate <= HIGHEST_RATE; rate *= 2) {
            var lateness = at(rate);
            all.add(lateness);
            if (!lateness.isKept()) {
                break;
            }
        }
        return result(all, figures(measured, before));
    }

    private void settle() throws InterruptedException {
        var _ = surroundings.receiver().lateness();
        Settling.settle(
                longestSettling(),
                () -> {
                    publish(SETTLING_RATE, window());
                    return surroundings.receiver().lateness().getValueAtPercentile(50);
                });
    }

    private int longestSettling() {
        return setting.extent().quick() ? 1 : LONGEST_SETTLING;
    }

    private Lateness at(int rate) throws InterruptedException {
        // caches and connections of the rate before
        publish(rate, Duration.ofSeconds(1));
        var _ = surroundings.receiver().lateness();
        List<Histogram> runs = new ArrayList<>();
        int kept = 0;
        for (int i = 0; i < setting.runs(); i++) {
            kept += publish(rate, window()) ? 1 : 0;
            runs.add(surroundings.receiver().lateness());
        }
        // one stall of the machine at the end of a run says nothing of the rate
        boolean isKept = 2 * kept >= runs.size();
        var lateness = Lateness.of(rate + " events a second", rate, isKept, runs);
        return lateness.at(99).median() > LIMIT_P99_MS
                ? Lateness.of(lateness.name(), rate, false, runs)
                : lateness;
    }

    /// Publishes, and waits until everything has arrived.
    ///
    /// @return whether it arrived as quickly as it was published
    private boolean publish(int rate, Duration time) throws InterruptedException {
        long before = surroundings.receiver().requests();
        long count = publisher.publishAt(rate, time);
        long underWay = before + count - surroundings.receiver().requests();
        awaitRequests(before + count);
        return underWay <= rate * UNDER_WAY;
    }

    /// The configuration has reached the dispatcher and delivery when events do.
    private void awaitFirstDelivery() throws InterruptedException {
        long deadline = System.nanoTime() + FIRST_DELIVERY.toNanos();
        long before = surroundings.receiver().requests();
        long published = 0;
        while (surroundings.receiver().requests() < before + Setting.WEBHOOKS) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("none of " + published + " events arrived");
            }
            published += publisher.publishAt(20, Duration.ofSeconds(1));
        }
        // a request that comes in later would be counted for what is published later
        Thread.sleep(Duration.ofSeconds(2));
    }

    private void awaitRequests(long count) throws InterruptedException {
        long deadline = System.nanoTime() + LAST_DELIVERY.toNanos();
        while (surroundings.receiver().requests() < count) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "%d requests did not arrive within %d s"
                                .formatted(
                                        count - surroundings.receiver().requests(),
                                        LAST_DELIVERY.toSeconds()));
            }
            Thread.sleep(LOOK_MS);
        }
    }

    private Duration window() {
        return Duration.ofSeconds(setting.extent().quick() ? 3 : 10);
    }

    private static List<ProcessFigures> figures(
            List<MeasuredProcess> processes, List<Usage> before) {
        List<ProcessFigures> figures = new ArrayList<>();
        for (int i = 0; i < processes.size(); i++) {
            figures.add(ProcessFigures.of(processes.get(i), before.get(i)));
        }
        return figures;
    }

    private Result result(List<Lateness> all, List<ProcessFigures> processes) {
        var lowest = all.getFirst();
        double kept =
                all.stream().filter(Lateness::isKept).mapToInt(Lateness::rate).max().orElse(0);
        return new Result(
                "c",
                "event to 2xx through the three services, open loop, %d organizations with a webhook each, TLS 1.3, bodies of %d bytes, %d s a run"
                        .formatted(Setting.WEBHOOKS, Setting.BODY, window().toSeconds()),
                List.of(
                        new Series(
                                lowest.name() + ": p50, ms",
                                lowest.at(50).values(),
                                Goal.below(GOAL_P50_MS)),
                        new Series(
                                lowest.name() + ": p99, ms",
                                lowest.at(99).values(),
                                Goal.below(GOAL_P99_MS)),
                        Series.of("highest of these rates that is kept, events per s", kept)),
                all,
                processes);
    }
}
