package com.avoma.webhooks.config.console.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.audit.AuditRecord;
import com.avoma.webhooks.config.audit.AuditRepository.Numbered;
import com.avoma.webhooks.config.console.audit.AuditRow.Change;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AuditRowTest {
    @Test
    void saysWhatChanged() {
        var row =
                row(
                        "user:ada",
                        """
                        {"name":{"from":"Old","to":"New"},"teams":{"from":[],"to":["x"]},
                         "inactive_reason":{"from":null,"to":"failing"}}
                        """);

        assertThat(row.what()).isEqualTo("Webhook updated");
        assertThat(row.actor()).isEqualTo("ada");
        assertThat(row.address()).isEmpty();
        assertThat(row.changes())
                .containsExactly(
                        new Change("name", "Old", "New"),
                        new Change("teams", "[]", "[\"x\"]"),
                        new Change("inactive reason", "none", "failing"));
    }

    @Test
    void saysWhoDidIt() {
        assertThat(row("key:abc", "{}").actor()).isEqualTo("API key abc");
        assertThat(row("directory", "{}").actor()).isEqualTo("The product's directory");
        assertThat(row("system", "{}").actor()).contains("receiver failed");
    }

    private static AuditRow row(String actor, String changes) {
        return AuditRow.of(
                new Numbered(
                        7,
                        new AuditRecord(
                                Instant.EPOCH,
                                actor,
                                null,
                                "webhook.updated",
                                "webhooks/1",
                                changes)));
    }
}
