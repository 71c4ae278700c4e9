package com.avoma.webhooks.config.deliverylog;

import com.avoma.webhooks.common.decision.RoutingDecision;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a batch changes in the ledger, whose unit is one event for one webhook. Acceptance is
/// counted by decisions and requests, the ends by attempts and dead letters: neither follows from
/// the other.
public final class Accounts {
    private final SequencedMap<Account, Change> changes = new TreeMap<>();

    /// A webhook's day, by the event's time.
    public record Account(UUID organizationUuid, UUID webhookUuid, LocalDate day)
            implements Comparable<Account> {
        private static final Comparator<Account> ORDER =
                Comparator.comparing(Account::organizationUuid)
                        .thenComparing(Account::webhookUuid)
                        .thenComparing(Account::day);

        static Account of(UUID organization, UUID webhook, Instant created) {
            return new Account(
                    organization, webhook, created.atOffset(ZoneOffset.UTC).toLocalDate());
        }

        @Override
        public int compareTo(Account that) {
            return ORDER.compare(this, that);
        }
    }

    /// What is added to each count.
    public record Change(
            long accepted,
            long filtered,
            long delivered,
            long deadLettered,
            long canceled,
            long unexpected) {

        static final Change NONE = new Change(0, 0, 0, 0, 0, 0);

        Change plus(Change that) {
            return new Change(
                    accepted + that.accepted,
                    filtered + that.filtered,
                    delivered + that.delivered,
                    deadLettered + that.deadLettered,
                    canceled + that.canceled,
                    unexpected + that.unexpected);
        }

        Change negated() {
            return new Change(
                    -accepted, -filtered, -delivered, -deadLettered, -canceled, -unexpected);
        }
    }

    /// A delivery that went from one state to another.
    ///
    /// @param before null: nothing was known of it
    public void moved(@Nullable LoggedDelivery before, LoggedDelivery after) {
        var account = Account.of(after.organizationUuid(), after.webhookUuid(), after.created());
        add(account, share(after));
        if (before != null) {
            add(account, share(before).negated());
        }
    }

    /// A decision that is new: who does not get the event.
    public void decided(RoutingDecision decision) {
        for (var one : decision.decisions()) {
            if (!one.matched()) {
                add(
                        Account.of(decision.organizationUuid(), one.webhookUuid(), decision.time()),
                        new Change(1, 1, 0, 0, 0, 0));
            }
        }
    }

    /// In the order in which every instance locks them, without those that change nothing.
    public SequencedMap<Account, Change> changes() {
        var some = new TreeMap<>(changes);
        some.values().removeIf(Change.NONE::equals);
        return some;
    }

    private static Change share(LoggedDelivery delivery) {
        var progress = delivery.progress();
        if (delivery.test()) {
            return Change.NONE;
        }
        if (!progress.accepted()) {
            return new Change(0, 0, 0, 0, 0, 1);
        }
        return switch (progress.status()) {
            case PENDING -> new Change(1, 0, 0, 0, 0, 0);
            case DELIVERED -> new Change(1, 0, 1, 0, 0, 0);
            case DEAD_LETTERED -> new Change(1, 0, 0, 1, 0, 0);
            case CANCELED -> new Change(1, 0, 0, 0, 1, 0);
        };
    }

    private void add(Account account, Change change) {
        changes.merge(account, change, Change::plus);
    }
}
