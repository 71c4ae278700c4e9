package com.avoma.webhooks.delivery.endpoint;

import com.avoma.webhooks.common.job.DeliveryJob;
import org.jspecify.annotations.Nullable;

/// Finds the endpoint of a job, and waits for the table where the job is ahead of it: a new webhook
/// must not look deleted.
public final class Endpoints {
    private final EndpointTable table;
    private final EndpointListener listener;

    public Endpoints(EndpointTable table, EndpointListener listener) {
        this.table = table;
        this.listener = listener;
    }

    /// Looks the job's webhook up under the job's revision or a later one. [Lookup.NotYet] only
    /// where the revision is not on the topic, although the job refers to it.
    ///
    /// @throws InterruptedException where the service stops first
    public Lookup find(DeliveryJob job) throws InterruptedException {
        var first = table.find(job.organizationUuid(), job.webhookUuid(), job.configRevision());
        if (!(first instanceof Lookup.NotYet)) {
            return first;
        }
        listener.awaitCaughtUp();
        return table.find(job.organizationUuid(), job.webhookUuid(), job.configRevision());
    }

    /// The endpoint of a job that can be sent at once; null where [#find] has to look closer. Waits
    /// for nothing.
    public @Nullable Endpoint ready(DeliveryJob job) {
        return table.ready(job.organizationUuid(), job.webhookUuid(), job.configRevision());
    }

    /// Whether the table has it that nothing is sent to the job's webhook. Waits for nothing.
    public boolean refuse(DeliveryJob job) {
        return table.refuses(job.organizationUuid(), job.webhookUuid(), job.configRevision());
    }
}
