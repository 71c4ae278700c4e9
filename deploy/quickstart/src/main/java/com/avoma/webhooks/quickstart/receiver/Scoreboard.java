package com.avoma.webhooks.quickstart.receiver;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.quickstart.terminal.Screen;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Shows what was received, and knows whether a genuine webhook of each type was among it. Safe for
/// several threads.
public final class Scoreboard {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private final Screen screen;
    private final Map<String, Instant> published = new HashMap<>();
    private final Set<TriggerEvent> missing = EnumSet.allOf(TriggerEvent.class);
    private int refused;

    public Scoreboard(Screen screen) {
        this.screen = screen;
    }

    /// Remembers when an event was handed to Kafka.
    ///
    /// @param messageId the `webhook-id` that its webhook will carry
    public synchronized void published(String messageId, Instant at) {
        published.put(messageId, at);
    }

    public synchronized void received(Receipt receipt) {
        screen.print(block(receipt, published.get(receipt.messageId())));
        if (receipt.isGenuine()) {
            TriggerEvent.of(receipt.eventType()).ifPresent(missing::remove);
        } else {
            refused++;
        }
        notifyAll();
    }

    /// Waits until a genuine webhook of each type was received.
    ///
    /// @return empty, or in one sentence what did not come in time
    public synchronized Optional<String> awaitEachType(Duration bound) throws InterruptedException {
        long deadline = System.nanoTime() + bound.toNanos();
        while (!missing.isEmpty()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return Optional.of(complaint(bound));
            }
            wait(Math.max(1, left / 1_000_000));
        }
        return Optional.empty();
    }

    private String complaint(Duration bound) {
        var types = missing.stream().map(TriggerEvent::name).collect(Collectors.joining(", "));
        var others =
                refused == 0
                        ? "nothing else was refused"
                        : refused + " requests had a wrong signature";
        return "No genuine webhook of %s within %d s; %s."
                .formatted(types, bound.toSeconds(), others);
    }

    private static String block(Receipt receipt, @Nullable Instant publishedAt) {
        var label =
                TriggerEvent.of(receipt.eventType())
                        .map(TriggerEvent::label)
                        .orElse("no known event");
        var text = new StringBuilder();
        text.append(
                "%n%s  %s (%s) at %s%n"
                        .formatted(
                                TIME.format(receipt.receivedAt()),
                                label,
                                receipt.eventType(),
                                receipt.path()));
        text.append("  subject            %s%n".formatted(receipt.subject()));
        text.append("  webhook-id         %s%n".formatted(receipt.messageId()));
        text.append("  X-Avoma-Signature  %s%n".formatted(verdict(receipt.avoma())));
        text.append("  webhook-signature  %s".formatted(verdict(receipt.standard())));
        if (publishedAt != null) {
            text.append("%n  after              ".formatted())
                    .append(Duration.between(publishedAt, receipt.receivedAt()).toMillis())
                    .append(" ms, from Kafka to here");
        }
        return text.toString();
    }

    private static String verdict(boolean right) {
        return right ? "ok" : "WRONG: answered 401";
    }
}
