package com.avoma.webhooks.benchmark.delivery;

import com.avoma.webhooks.benchmark.load.Webhooks;
import com.avoma.webhooks.benchmark.process.MeasuredProcess;
import com.avoma.webhooks.benchmark.report.Series;
import com.avoma.webhooks.benchmark.setting.Setting;
import com.avoma.webhooks.common.topic.TopicCatalog;
import com.avoma.webhooks.common.topic.TopicProvisioner;
import com.avoma.webhooks.common.topic.Topics;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/// What deliveries cost by the number of webhooks, of partitions of `delivery-jobs` and of
/// instances. Each case has processes and topics of its own. With one webhook or one partition no
/// more than 32 requests are in flight, or one consumer's records: that is seen by the clock.
public final class DeliveryGrowth {
    private static final int WEBHOOKS = 100;
    private static final int PARTITIONS = 12;

    /// Between the ends: a quick run is without.
    private static final int SOME_PARTITIONS = 3;

    private static final List<Case> CASES =
            List.of(
                    new Case("webhooks: 1", 1, PARTITIONS, 1),
                    new Case("webhooks: 100", WEBHOOKS, PARTITIONS, 1),
                    new Case("webhooks: 10,000", 10_000, PARTITIONS, 1),
                    new Case("partitions: 1", WEBHOOKS, 1, 1),
                    new Case("partitions: " + SOME_PARTITIONS, WEBHOOKS, SOME_PARTITIONS, 1),
                    new Case("instances: 2", WEBHOOKS, PARTITIONS, 2));

    private final Setting setting;
    private final Parts parts;

    private DeliveryGrowth(Setting setting, Parts parts) {
        this.setting = setting;
        this.parts = parts;
    }

    private record Case(String name, int webhooks, int partitions, int instances) {
        Topics topics() {
            return new Topics("%d-%d-%d-".formatted(webhooks, partitions, instances));
        }
    }

    public static List<Series> measure(Setting setting) throws IOException, InterruptedException {
        try (var parts = Parts.start(setting)) {
            var growth = new DeliveryGrowth(setting, parts);
            List<Series> series = new ArrayList<>();
            for (var one : CASES) {
                if (!setting.extent().quick() || one.partitions() != SOME_PARTITIONS) {
                    series.addAll(growth.of(one));
                }
            }
            return series;
        }
    }

    private List<Series> of(Case one) throws IOException, InterruptedException {
        var topics = one.topics();
        provision(topics, one.partitions());
        List<MeasuredProcess> services = new ArrayList<>();
        for (int i = 0; i < one.instances(); i++) {
            var name = topics.prefix() + "delivery-service-" + i;
            services.add(parts.startService(name, Parts.flags(setting), topics));
        }
        List<Double> perCpuSecond = new ArrayList<>();
        List<Double> perSecond = new ArrayList<>();
        var webhooks = new Webhooks(parts.receiver().ports(), one.webhooks());
        try (var publisher = parts.publisher(webhooks, topics)) {
            publisher.publishWebhooks(parts.cipher());
            var backlog = new Backlog(parts.drain(services, topics), publisher);
            for (int run = -setting.growthWarmUps(); run < setting.growthRuns(); run++) {
                var figure = backlog.drained(setting.growthJobs());
                if (run >= 0) {
                    perCpuSecond.add(figure.perCpuSecond());
                    perSecond.add(figure.perSecond());
                }
            }
        }
        services.forEach(parts::end);
        var name = "delivery, " + one.name();
        return List.of(
                Series.of(name + ", deliveries per CPU s", perCpuSecond),
                Series.of(name + ", deliveries per s (wall)", perSecond));
    }

    private void provision(Topics topics, int partitions) {
        try (var admin =
                Admin.create(Map.<String, Object>of("bootstrap.servers", parts.brokers()))) {
            new TopicProvisioner(admin, partitions, 1)
                    .provision(List.of(new TopicCatalog(topics).deliveryJobs()));
        }
    }
}
