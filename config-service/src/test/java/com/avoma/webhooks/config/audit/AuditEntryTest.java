package com.avoma.webhooks.config.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.audit.AuditEntry.Change;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditEntryTest {
    @Test
    void namesEachFieldThatDiffers() {
        assertThat(
                        AuditEntry.changes(
                                Map.of("same", 1, "changed", "a", "gone", true),
                                Map.of("same", 1, "changed", "b", "added", 2)))
                .isEqualTo(
                        Map.of(
                                "changed",
                                new Change("a", "b"),
                                "gone",
                                new Change(true, null),
                                "added",
                                new Change(null, 2)));
    }

    @Test
    void namesNoneWhereNothingDiffers() {
        assertThat(AuditEntry.changes(Map.of(), Map.of())).isEmpty();
        assertThat(AuditEntry.changes(Map.of("a", 1), Map.of("a", 1))).isEmpty();
    }
}
