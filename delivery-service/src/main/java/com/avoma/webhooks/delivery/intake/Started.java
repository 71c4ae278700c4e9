package com.avoma.webhooks.delivery.intake;

import com.avoma.webhooks.delivery.isolation.Admission;
import com.avoma.webhooks.delivery.pipeline.Arrival;

/// A record that is being worked on, from when it left its lane until its end is committed.
record Started(Lane<Arrival> lane, Entry<Arrival> entry, Admission admission) {
    /// What follows from it is safe.
    void written(long now) {
        switch (admission) {
            case Admission.Go(var ticket) -> ticket.written(now);
            case Admission.Defer(_, _, var ticket) -> ticket.written(now);
            case Admission.Wait _ -> {}
        }
    }

    /// A crash would not repeat it any more, or it is left to whoever reads it next.
    void end(long now) {
        switch (admission) {
            case Admission.Go(var ticket) -> ticket.end(now);
            case Admission.Defer(_, _, var ticket) -> ticket.end(now);
            case Admission.Wait _ -> {}
        }
    }
}
