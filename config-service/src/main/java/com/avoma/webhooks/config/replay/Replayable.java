package com.avoma.webhooks.config.replay;

import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.event.MeetingEvent;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.DeliveryJob.Origin;
import com.avoma.webhooks.common.job.MessageId;
import java.util.UUID;

/// Something that was found, as the job that would send it: the first attempt of a new round, under
/// the `webhook-id` that it has always had.
///
/// @param place where it was found
public record Replayable(DeliveryJob job, Position place) {
    /// A job that was made before.
    public static Replayable of(DeliveryJob old, Origin origin, Position place) {
        return new Replayable(again(old, origin, old.configRevision()), place);
    }

    /// An event, for a webhook that got it or did not.
    public static Replayable of(MeetingEvent event, UUID webhook, Origin origin, Position place) {
        return new Replayable(
                new DeliveryJob(
                        MessageId.of(event.source(), event.id(), webhook),
                        event.organizationId(),
                        webhook,
                        0,
                        event.id(),
                        event.source(),
                        event.type().name(),
                        event.time(),
                        event.userId(),
                        1,
                        null,
                        origin,
                        event.trace(),
                        event.body()),
                place);
    }

    /// The job that is to be judged under this revision of the organization's snapshot, or a later
    /// one.
    public DeliveryJob under(long revision) {
        return again(job, job.origin(), revision);
    }

    private static DeliveryJob again(DeliveryJob job, Origin origin, long revision) {
        return new DeliveryJob(
                job.messageId(),
                job.organizationUuid(),
                job.webhookUuid(),
                revision,
                job.eventId(),
                job.eventSource(),
                job.eventType(),
                job.eventTime(),
                job.userId(),
                1,
                null,
                origin,
                job.trace(),
                job.body());
    }
}
