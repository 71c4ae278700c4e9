package com.avoma.webhooks.config.deliverylog;

import com.avoma.webhooks.common.attempt.AttemptRecord;
import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.attempt.AttemptRecord.Outcome;
import com.avoma.webhooks.common.attempt.AttemptRecord.Position;
import com.avoma.webhooks.common.attempt.AttemptRecord.Timings;
import com.avoma.webhooks.common.attempt.AttemptRecord.Verdict;
import com.avoma.webhooks.common.decision.RoutingDecision;
import com.avoma.webhooks.common.decision.RoutingDecision.Decision;
import com.avoma.webhooks.common.decision.RoutingDecision.Reason;
import com.avoma.webhooks.common.job.DeliveryJob;
import com.avoma.webhooks.common.job.MessageId;
import com.avoma.webhooks.common.json.Payload;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the services would write of some events of one organization, and what the log must come to,
/// found the simple way: with everything at hand and in its order.
public final class LogScenario {
    public final UUID organization = UUID.randomUUID();
    public final List<UUID> webhooks =
            List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
    public final List<RoutingDecision> decisions = new ArrayList<>();
    public final List<AttemptRecord> attempts = new ArrayList<>();
    public final List<Letter> letters = new ArrayList<>();

    /// By `webhook-id`.
    public final Map<String, Status> statuses = new TreeMap<>();

    public final Map<String, Integer> attemptCounts = new TreeMap<>();
    public int accepted;
    public int filtered;
    private final Random random;
    private final String prefix;
    private long offset;

    /// A dead letter as the log takes it.
    public record Letter(DeliveryJob job, Instant at) {}

    public LogScenario(long seed, int events, Instant from, String prefix) {
        this.random = new Random(seed);
        this.prefix = prefix;
        for (int i = 0; i < events; i++) {
            event("event-" + seed + "-" + i, from.plusSeconds(i).truncatedTo(ChronoUnit.MICROS));
        }
    }

    /// A decision of an event for one webhook only.
    public static RoutingDecision decision(
            UUID organization, UUID webhook, String event, Instant time, Position position) {
        return new RoutingDecision(
                organization,
                event,
                "test",
                "AINOTE",
                UUID.randomUUID().toString(),
                time,
                time.plusMillis(3),
                1,
                Set.of(),
                position,
                List.of(
                        new Decision(
                                webhook,
                                true,
                                Reason.MATCHED,
                                MessageId.of("test", event, webhook))));
    }

    private void event(String id, Instant time) {
        List<Decision> made = new ArrayList<>();
        for (var webhook : webhooks) {
            accepted++;
            if (random.nextInt(4) == 0) {
                filtered++;
                made.add(new Decision(webhook, false, Reason.OUT_OF_SCOPE, null));
                continue;
            }
            var messageId = MessageId.of("test", id, webhook);
            made.add(new Decision(webhook, true, Reason.MATCHED, messageId));
            attempts(messageId, id, webhook, time);
        }
        decisions.add(
                new RoutingDecision(
                        organization,
                        id,
                        "test",
                        "AINOTE",
                        UUID.randomUUID().toString(),
                        time,
                        time.plusMillis(2),
                        7,
                        Set.of(UUID.randomUUID()),
                        new Position(prefix + "meeting-events", 0, offset++),
                        made));
    }

    private void attempts(String messageId, String id, UUID webhook, Instant time) {
        statuses.put(messageId, Status.PENDING);
        attemptCounts.put(messageId, 0);
        var at = time.plusMillis(40);
        int most = random.nextInt(5);
        for (int number = 1; number <= most; number++) {
            boolean last = number == most;
            var verdict = last ? verdict() : Verdict.RETRY;
            boolean made = verdict != Verdict.CANCELED;
            attempts.add(attempt(messageId, id, webhook, time, made ? number : 0, at, verdict));
            attemptCounts.merge(messageId, made ? 1 : 0, Integer::sum);
            statuses.put(
                    messageId,
                    switch (verdict) {
                        case RETRY -> Status.PENDING;
                        case DELIVERED -> Status.DELIVERED;
                        case DEAD_LETTERED -> Status.DEAD_LETTERED;
                        case CANCELED -> Status.CANCELED;
                    });
            if (verdict == Verdict.DEAD_LETTERED) {
                letters.add(new Letter(job(messageId, id, webhook, time), at.plusMillis(20)));
            }
            at = at.plus(Duration.ofMinutes(5));
        }
    }

    private Verdict verdict() {
        return switch (random.nextInt(6)) {
            case 0 -> Verdict.RETRY;
            case 1 -> Verdict.DEAD_LETTERED;
            case 2 -> Verdict.CANCELED;
            default -> Verdict.DELIVERED;
        };
    }

    private AttemptRecord attempt(
            String messageId,
            String event,
            UUID webhook,
            Instant time,
            int number,
            Instant at,
            Verdict verdict) {
        boolean delivered = verdict == Verdict.DELIVERED;
        boolean made = number > 0;
        boolean refused = made && !delivered && random.nextBoolean();
        return new AttemptRecord(
                messageId,
                organization,
                webhook,
                event,
                "test",
                "AINOTE",
                time,
                number,
                at,
                outcome(made, delivered, refused),
                delivered ? (Integer) 200 : refused ? (Integer) 503 : null,
                made && !delivered && !refused ? Failure.TIMEOUT : null,
                delivered ? null : "It was not taken.",
                made ? 10 + random.nextInt(20) : 0,
                made ? new Timings(1L, null, 3L, 9L) : null,
                delivered ? "ok" : "no \u0000 \ud83d half",
                "https://example.com/",
                false,
                false,
                at.plus(Duration.ofDays(60)),
                verdict,
                verdict == Verdict.DEAD_LETTERED ? "exhausted" : null,
                verdict == Verdict.RETRY ? at.plus(Duration.ofMinutes(5)) : null,
                new Position(prefix + "delivery-jobs", 0, offset++));
    }

    private static @Nullable Outcome outcome(boolean made, boolean delivered, boolean refused) {
        if (!made) {
            return null;
        }
        if (delivered) {
            return Outcome.DELIVERED;
        }
        return refused ? Outcome.REFUSED : Outcome.UNREACHABLE;
    }

    private DeliveryJob job(String messageId, String event, UUID webhook, Instant time) {
        return new DeliveryJob(
                messageId,
                organization,
                webhook,
                7,
                event,
                "test",
                "AINOTE",
                time,
                "user",
                6,
                null,
                DeliveryJob.Origin.EVENT,
                null,
                Payload.of("{\"event_type\":\"AINOTE\"}"));
    }
}
