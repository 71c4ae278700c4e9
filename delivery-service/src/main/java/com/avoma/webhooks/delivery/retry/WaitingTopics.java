package com.avoma.webhooks.delivery.retry;

import com.avoma.webhooks.common.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// The topics on which jobs wait, one a rung of the ladder, and which of them fits a wait. All
/// records of a topic wait about as long, so the one at the head is due about first and no offset
/// is pinned for longer than the rung.
///
/// This is why the promised times hold although only a bounded window of each partition is read
/// ahead: whatever stands before a record was written earlier and is due, or handed on, within the
/// rung's delay and its jitter; so the record itself is seen by then.
public final class WaitingTopics {
    private static final Duration SHORTEST_HOLD = Duration.ofMinutes(1);
    private static final Duration DEFERRED_HOLD = Duration.ofMinutes(10);

    private final Topics names;
    private final List<Duration> rungs;
    private final double jitter;

    public WaitingTopics(Topics names, RetryLadder ladder) {
        this.names = names;
        this.rungs = ladder.rungs();
        this.jitter = ladder.jitter();
    }

    /// The topic for a wait: of the last rung that is not longer, else the first rung's.
    public String fitting(Duration wait) {
        int best = 0;
        for (int i = 0; i < rungs.size(); i++) {
            var rung = rungs.get(i);
            // of equal rungs the first, of shorter ones the longest
            if (rung.compareTo(wait) <= 0
                    && (rungs.get(best).compareTo(wait) > 0
                            || rung.compareTo(rungs.get(best)) > 0)) {
                best = i;
            }
        }
        return names.deliveryRetry(best + 1);
    }

    /// How long a record may wait on the topic before it is handed on to the one that fits what is
    /// left: a rung with its jitter, and never under a minute. What was put off is due before.
    public Duration longestHold(String topic) {
        if (isDeferred(topic)) {
            return DEFERRED_HOLD;
        }
        for (int i = 0; i < rungs.size(); i++) {
            if (names.deliveryRetry(i + 1).equals(topic)) {
                var rung = rungs.get(i);
                var hold = rung.plusMillis((long) Math.ceil(rung.toMillis() * jitter));
                return hold.compareTo(SHORTEST_HOLD) > 0 ? hold : SHORTEST_HOLD;
            }
        }
        return SHORTEST_HOLD;
    }

    /// Whether it is `delivery-deferred`.
    public boolean isDeferred(String topic) {
        return names.deliveryDeferred().equals(topic);
    }

    /// Whether it is a rung's.
    public boolean isRung(String topic) {
        return rungs().matcher(topic).matches();
    }

    /// Matches every topic that jobs wait on, the rungs of a longer ladder of former days too.
    public Pattern pattern() {
        return Pattern.compile(rungs() + "|" + Pattern.quote(names.deliveryDeferred()));
    }

    private Pattern rungs() {
        var rung = names.deliveryRetry(0);
        return Pattern.compile(Pattern.quote(rung.substring(0, rung.length() - 1)) + "[0-9]+");
    }
}
