package com.avoma.webhooks.config.console.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.web.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecoveryFormTest {
    @Test
    void countsFirst() {
        var form =
                RecoveryForm.of(
                        Map.of("since", "2026-03-01T00:00:00Z", "only", "all", "what", "count"));

        assertThat(form.activate()).isFalse();
        assertThat(text(form))
                .isEqualTo(
                        "{\"since\":\"2026-03-01T00:00:00Z\",\"only\":\"all\",\"dry_run\":true}");
    }

    @Test
    void sendsWhatWasCounted() {
        var form =
                RecoveryForm.of(
                        Map.of(
                                "since", "2026-03-01T00:00:00Z",
                                "until", "2026-03-02T00:00:00Z",
                                "only", "failed",
                                "activate", "yes",
                                "what", "send"));

        assertThat(form.activate()).isTrue();
        assertThat(text(form))
                .isEqualTo(
                        "{\"since\":\"2026-03-01T00:00:00Z\",\"until\":\"2026-03-02T00:00:00Z\","
                                + "\"only\":\"failed\",\"dry_run\":false}");
    }

    @Test
    void saysWhatIsWrongWithTheTime() {
        assertThat(fault("since", "is required")).isEqualTo("Say since when.");
        assertThat(fault("since", "must not be in the future")).contains("in the past");
        assertThat(fault("since", "must be an RFC 3339 time")).contains("not a time");
        assertThat(fault("only", "must be failed or all")).isNull();
    }

    private static String fault(String field, String message) {
        return RecoveryForm.faultOfTime(RefusedException.invalid(field, message));
    }

    private static String text(RecoveryForm form) {
        return new String(form.json(), StandardCharsets.UTF_8);
    }
}
