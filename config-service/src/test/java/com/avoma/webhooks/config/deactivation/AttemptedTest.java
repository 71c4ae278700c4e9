package com.avoma.webhooks.config.deactivation;

import static com.avoma.webhooks.config.AttemptRecords.delivered;
import static com.avoma.webhooks.config.AttemptRecords.ended;
import static com.avoma.webhooks.config.AttemptRecords.refused;
import static com.avoma.webhooks.config.AttemptRecords.test;
import static com.avoma.webhooks.config.AttemptRecords.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.deactivation.Attempted.Result;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AttemptedTest {
    private static final UUID WEBHOOK = UUID.randomUUID();
    private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void tellsWhatAnAttemptCameTo() {
        assertThat(Attempted.of(delivered(WEBHOOK, AT, "msg_1")))
                .hasValue(new Attempted(WEBHOOK, AT, "msg_1/1", Result.DELIVERED));
        assertThat(Attempted.of(refused(WEBHOOK, AT, "msg_1", 503)))
                .hasValue(new Attempted(WEBHOOK, AT, "msg_1/1", Result.FAILED));
        assertThat(Attempted.of(refused(WEBHOOK, AT, "msg_1", 410)))
                .hasValue(new Attempted(WEBHOOK, AT, "msg_1/1", Result.GONE));
        assertThat(Attempted.of(unreachable(WEBHOOK, AT, "msg_1")))
                .hasValue(new Attempted(WEBHOOK, AT, "msg_1/1", Result.FAILED));
    }

    @Test
    void leavesOutTestSendsAndWhatIsNoAttempt() {
        assertThat(Attempted.of(test(refused(WEBHOOK, AT, "msg_1", 410)))).isEmpty();
        assertThat(Attempted.of(test(delivered(WEBHOOK, AT, "msg_1")))).isEmpty();
        assertThat(Attempted.of(ended(WEBHOOK, AT, "msg_1"))).isEmpty();
    }
}
