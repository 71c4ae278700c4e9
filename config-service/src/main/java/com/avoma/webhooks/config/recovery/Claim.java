package com.avoma.webhooks.config.recovery;

import com.avoma.webhooks.config.replay.Places;
import com.avoma.webhooks.config.replay.Range;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A recovery that a worker goes on with.
///
/// @param places null: its phase has not begun
record Claim(UUID id, Range range, boolean dryRun, Phase phase, @Nullable Places places) {
    /// Everything is counted before anything is sent.
    enum Phase {
        COUNTING,
        SENDING
    }

    /// A part that is done.
    ///
    /// @param places how far the reader has come
    /// @param matched that it added to the count
    /// @param logged of those, how many the delivery log knows
    record Step(Places places, long matched, long logged, long sent) {}
}
