package com.avoma.webhooks.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/// The reconciliation of what was accepted with what became of it, as the API shows it.
record Ledger(Api api) {
    /// Waits until so many were delivered and nothing is pending.
    void awaitClosed(long delivered) {
        Awaiting.until("the ledger to be closed", () -> isClosed(delivered));
    }

    /// Whether so many were delivered and nothing is pending. That nothing is named as lost
    /// meanwhile is looked at each time.
    private boolean isClosed(long delivered) {
        var answer = api.get("/v1/ledger/");
        if (answer.status() == 503) {
            return false;
        }
        assertThat(answer.body().get("total").get("unaccounted").asLong())
                .as("%s", answer.body())
                .isZero();
        return count(answer.body(), "delivered") == delivered
                && count(answer.body(), "pending") == 0;
    }

    long count(String field) {
        return count(api.get("/v1/ledger/").body(), field);
    }

    /// When it was last looked at as a whole.
    Instant checkedAt() {
        return Instant.parse(api.get("/v1/ledger/").body().get("checked_at").asString());
    }

    private static long count(JsonNode ledger, String field) {
        return ledger.get("total").get(field).asLong();
    }
}
