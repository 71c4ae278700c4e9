package com.avoma.webhooks.benchmark.growth;

import com.avoma.webhooks.benchmark.delivery.DeliveryGrowth;
import com.avoma.webhooks.benchmark.dispatch.DispatchGrowth;
import com.avoma.webhooks.benchmark.report.Result;
import com.avoma.webhooks.benchmark.report.Series;
import com.avoma.webhooks.benchmark.setting.Setting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// (g): what dispatch and delivery cost as webhooks, fan-out, partitions and instances grow in
/// number. Each process is warmed up by drains of its own, fewer than in the other scenarios: its
/// figures are there to be compared with each other.
public final class GrowthScenario {
    private GrowthScenario() {}

    public static Result measure(Setting setting) throws IOException, InterruptedException {
        List<Series> series = new ArrayList<>(DispatchGrowth.measure(setting.in("dispatch")));
        series.addAll(DeliveryGrowth.measure(setting.in("delivery")));
        return new Result(
                "g",
                "drains of %d jobs or events, bodies of %d bytes; 12 partitions and one instance where nothing else is said"
                        .formatted(setting.growthJobs(), Setting.BODY),
                series,
                List.of());
    }
}
