package com.avoma.webhooks.config.console.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveryQueryTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:34:56Z");

    @Test
    void leavesOutWhatIsNotFilledIn() {
        var query =
                DeliveryQuery.of(
                        Map.of(
                                "webhook", List.of(""),
                                "event_type", Arrays.asList((String) null),
                                "status", List.of(" delivered "),
                                "done", List.of("redelivered"),
                                "live", List.of("off")));

        assertThat(query.at(NOW)).isEqualTo(Map.of("status", List.of("delivered")));
        assertThat(query.fields()).isEqualTo(Map.of("status", "delivered"));
        assertThat(query.newest()).isTrue();
    }

    @Test
    void makesATimeOfAPeriod() {
        var query = DeliveryQuery.of(Map.of("period", List.of("hour")));

        assertThat(query.at(NOW)).isEqualTo(Map.of("since", List.of("2026-03-01T11:34:00Z")));
        assertThat(query.at(NOW.plusSeconds(3))).isEqualTo(query.at(NOW));
    }

    @Test
    void keepsTheTimeThatOtherPartsOfAListCarry() {
        var query =
                DeliveryQuery.of(
                        Map.of("since", List.of("2026-02-01T00:00:00Z"), "cursor", List.of("x")));

        assertThat(query.at(NOW)).containsEntry("since", List.of("2026-02-01T00:00:00Z"));
        assertThat(query.newest()).isFalse();
    }
}
