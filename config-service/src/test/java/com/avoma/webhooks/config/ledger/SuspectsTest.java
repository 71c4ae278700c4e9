package com.avoma.webhooks.config.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SuspectsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final Suspects suspects = new Suspects();
    private final Overdue lost = overdue("lost", NOON, Overdue.Why.NO_JOB);

    @Test
    void namesWhatIsMissingTwiceInARow() {
        assertThat(suspects.confirmed(List.of(lost), _ -> false)).isEmpty();
        assertThat(suspects.confirmed(List.of(lost), _ -> false)).containsExactly(lost);
        assertThat(suspects.confirmed(List.of(lost), _ -> false)).containsExactly(lost);
    }

    @Test
    void beginsAnewOnceAJobWasFound() {
        suspects.confirmed(List.of(lost), _ -> false);

        assertThat(suspects.confirmed(List.of(lost), _ -> true)).isEmpty();
        assertThat(suspects.confirmed(List.of(lost), _ -> false)).isEmpty();
    }

    @Test
    void beginsAnewOnceSomethingCameOfIt() {
        suspects.confirmed(List.of(lost), _ -> false);

        var moved = overdue("lost", NOON.plusSeconds(300), Overdue.Why.NO_JOB);
        assertThat(suspects.confirmed(List.of(moved), _ -> false)).isEmpty();
    }

    @Test
    void letsNoJobExplainWhatNobodyDecided() {
        var undecided = overdue("undecided", NOON, Overdue.Why.NO_DECISION);
        suspects.confirmed(List.of(undecided), _ -> true);

        assertThat(suspects.confirmed(List.of(undecided), _ -> true)).containsExactly(undecided);
    }

    private static Overdue overdue(String id, Instant expected, Overdue.Why why) {
        var uuid = UUID.fromString("00000000-0000-0000-0000-000000000001");
        return new Overdue(uuid, id, NOON, uuid, id, "AINOTE", expected, why);
    }
}
