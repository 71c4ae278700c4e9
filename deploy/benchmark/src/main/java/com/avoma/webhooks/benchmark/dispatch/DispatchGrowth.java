package com.avoma.webhooks.benchmark.dispatch;

import com.avoma.webhooks.benchmark.load.Drain;
import com.avoma.webhooks.benchmark.load.TopicProgress;
import com.avoma.webhooks.benchmark.parts.Broker;
import com.avoma.webhooks.benchmark.parts.OpenParts;
import com.avoma.webhooks.benchmark.process.JavaCommand;
import com.avoma.webhooks.benchmark.process.MeasuredProcess;
import com.avoma.webhooks.benchmark.report.Goal;
import com.avoma.webhooks.benchmark.report.Series;
import com.avoma.webhooks.benchmark.setting.Setting;
import com.avoma.webhooks.common.topic.Topics;
import com.avoma.webhooks.embedded.LoopbackPort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What dispatch costs by the number of webhooks, one an organization, and by how many webhooks an
/// event matches. A process for each number of webhooks, which has topics of its own.
public final class DispatchGrowth {
    private static final List<Integer> WEBHOOKS = List.of(1, 100, 10_000);

    /// A quick run has the ends alone: most of its time is the start of processes.
    private static final List<Integer> QUICK_WEBHOOKS = List.of(1, 10_000);

    private static final double FLAT = 0.8;
    private static final List<Integer> FAN_OUTS = List.of(1, 10, 100);

    private final Setting setting;
    private final OpenParts parts;
    private final Broker broker;
    private final TopicProgress progress;

    private DispatchGrowth(Setting setting, OpenParts parts, Broker broker) {
        this.setting = setting;
        this.parts = parts;
        this.broker = broker;
        this.progress = parts.add(new TopicProgress(broker.address()));
    }

    public static List<Series> measure(Setting setting) throws IOException, InterruptedException {
        try (var parts = new OpenParts(setting.directory())) {
            var growth = new DispatchGrowth(setting, parts, Broker.start(parts));
            List<Series> series = new ArrayList<>();
            for (int webhooks : setting.extent().quick() ? QUICK_WEBHOOKS : WEBHOOKS) {
                series.add(growth.ofWebhooks(webhooks));
            }
            double flat = series.getLast().median() / series.getFirst().median();
            series.add(
                    new Series(
                            "ratio: dispatch with 10,000 webhooks to 1",
                            List.of(flat),
                            Goal.atLeast(FLAT)));
            series.addAll(growth.ofFanOuts());
            return series;
        }
    }

    private Series ofWebhooks(int webhooks) throws IOException, InterruptedException {
        var topics = new Topics("webhooks-" + webhooks + "-");
        var service = start(topics);
        var load = new DispatchLoad(broker.address(), topics, webhooks, 1);
        load.publishOrganizations();
        var drain = new Drain(List.of(service), progress, topics.deliveryJobs());
        List<Double> figures = new ArrayList<>();
        for (int run = -setting.growthWarmUps(); run < setting.growthRuns(); run++) {
            double figure = drained(drain, load);
            if (run >= 0) {
                figures.add(figure);
            }
        }
        parts.end(service);
        return Series.of("dispatch, webhooks: %,d, events per CPU s".formatted(webhooks), figures);
    }

    /// In turns, so that each is as well compiled as the others.
    private List<Series> ofFanOuts() throws IOException, InterruptedException {
        var topics = new Topics("fan-out-");
        var service = start(topics);
        var drain = new Drain(List.of(service), progress, topics.deliveryJobs());
        var loads =
                FAN_OUTS.stream()
                        .map(webhooks -> new DispatchLoad(broker.address(), topics, 1, webhooks))
                        .toList();
        loads.forEach(DispatchLoad::publishOrganizations);
        List<List<Double>> figures = new ArrayList<>();
        FAN_OUTS.forEach(_ -> figures.add(new ArrayList<>()));
        for (int run = -setting.growthWarmUps(); run < setting.growthRuns(); run++) {
            for (int i = 0; i < loads.size(); i++) {
                double figure = drained(drain, loads.get(i));
                if (run >= 0) {
                    figures.get(i).add(figure);
                }
            }
        }
        parts.end(service);
        List<Series> series = new ArrayList<>();
        for (int i = 0; i < loads.size(); i++) {
            series.add(
                    Series.of(
                            "dispatch, fan-out: %d, jobs per CPU s".formatted(FAN_OUTS.get(i)),
                            figures.get(i)));
        }
        return series;
    }

    /// As many jobs whatever the fan-out.
    private double drained(Drain drain, DispatchLoad load)
            throws IOException, InterruptedException {
        int events = Math.max(1, setting.growthJobs() / load.webhooks());
        return drain.of(
                        events * load.webhooks(),
                        () -> load.publishEvents(load.topics().meetingEvents(), events))
                .perCpuSecond();
    }

    private MeasuredProcess start(Topics topics) throws IOException, InterruptedException {
        var packaged = setting.service("dispatcher-service");
        var command =
                JavaCommand.of(
                        packaged.unpackedIn(setting.directory()),
                        packaged.options(),
                        List.of(
                                "--spring.kafka.bootstrap-servers=" + broker.address(),
                                "--management.server.port=" + LoopbackPort.free(),
                                "--server.address=127.0.0.1",
                                "--webhooks.topics.prefix=" + topics.prefix()));
        return parts.start(
                topics.prefix() + "dispatcher-service", command, "Started DispatcherApplication");
    }
}
