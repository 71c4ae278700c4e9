package com.avoma.webhooks.config.console.webhook;

import com.avoma.webhooks.config.matchpreview.MatchPreview;
import java.time.Instant;

/// An event of a match preview in words.
record PreviewRow(String eventId, Instant time, boolean matched, String why) {
    static PreviewRow of(MatchPreview.Decision decision) {
        return new PreviewRow(
                decision.eventId(),
                decision.time(),
                decision.matched(),
                switch (decision.reason()) {
                    case MATCHED -> "Would be sent";
                    case OTHER_TRIGGER -> "Another trigger event";
                    case OUT_OF_SCOPE -> "Its user is in none of the selected teams";
                    case INACTIVE -> "The webhook is inactive";
                    case PLAN -> "The plan has no webhooks";
                });
    }
}
