package com.avoma.webhooks.dispatcher.fanout;

import com.avoma.webhooks.common.event.MeetingEvent;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.MessageId;
import com.avoma.webhooks.dispatcher.routing.Routing;
import java.util.ArrayList;
import java.util.List;

/// One event becomes one job for each webhook that matched. Next: [JobPublisher].
public final class Fanout {
    private Fanout() {}

    /// The jobs, in the order of the organization's webhooks; none where nothing matched.
    public static List<DeliveryJob> jobs(MeetingEvent event, Routing routing) {
        var jobs = new ArrayList<DeliveryJob>();
        for (var verdict : routing.verdicts()) {
            if (verdict.matched()) {
                jobs.add(
                        new DeliveryJob(
                                MessageId.of(event.source(), event.id(), verdict.webhook()),
                                event.organizationId(),
                                verdict.webhook(),
                                routing.configRevision(),
                                event.id(),
                                event.source(),
                                event.type().name(),
                                event.time(),
                                event.userId(),
                                1,
                                null,
                                DeliveryJob.Origin.EVENT,
                                event.trace(),
                                event.body()));
            }
        }
        return jobs;
    }
}
