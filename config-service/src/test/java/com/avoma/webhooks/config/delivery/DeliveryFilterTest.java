package com.avoma.webhooks.config.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.avoma.webhooks.config.deliverylog.Status;
import com.avoma.webhooks.config.web.RefusedException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliveryFilterTest {
    private static final String UUID = "6f1c7d3e-58a2-4b0f-9c1d-2e7a4b9f0c35";

    @Test
    void readsWhatIsThereAndWritesItAgain() {
        var filter =
                DeliveryFilter.of(
                        Map.of(
                                "webhook", List.of(UUID),
                                "event_type", List.of("AINOTE"),
                                "status", List.of("dead_lettered"),
                                "since", List.of("2026-03-01T12:00:00+02:00"),
                                "event_id", List.of("a b&c"),
                                "limit", List.of("7")));

        assertThat(filter.status()).isEqualTo(Status.DEAD_LETTERED);
        assertThat(filter.since()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(filter.until()).isNull();
        assertThat(filter.query())
                .isEqualTo(
                        "?webhook="
                                + UUID
                                + "&event_type=AINOTE&status=dead_lettered"
                                + "&since=2026-03-01T10%3A00%3A00Z&event_id=a+b%26c");
        assertThat(DeliveryFilter.of(Map.of()).query()).isEmpty();
    }

    @Test
    void namesEveryFault() {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() ->
                        DeliveryFilter.of(
                                Map.of(
                                        "webhook", List.of("x"),
                                        "event_type", List.of("NOPE"),
                                        "status", List.of("DELIVERED"),
                                        "since", List.of("+99999-01-01T00:00:00Z"),
                                        "until", List.of("a", "b"),
                                        "event_id", List.of(""))))
                .satisfies(refused ->
                        assertThat(refused.errors().stream().map(e -> e.field()))
                                .containsExactly(
                                        "webhook",
                                        "event_type",
                                        "status",
                                        "since",
                                        "until",
                                        "event_id"));
    }
}
