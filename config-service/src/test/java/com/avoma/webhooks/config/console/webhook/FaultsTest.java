package com.avoma.webhooks.config.console.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.config.web.FieldError;
import com.avoma.webhooks.config.web.RefusedException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultsTest {
    @Test
    void putsEachBesideItsField() {
        var faults =
                Faults.of(
                        List.of(
                                new FieldError("target_url", "must be an https URL"),
                                new FieldError("headers[0].name", "is reserved"),
                                new FieldError("headers[10].value", "is too long")));

        assertThat(faults.at("target_url")).isEqualTo("Must be an https URL.");
        assertThat(faults.at("name")).isNull();
        assertThat(faults.ofHeader(0)).isEqualTo("Is reserved.");
        assertThat(faults.ofHeader(1)).isNull();
        assertThat(faults.ofHeader(10)).isEqualTo("Is too long.");
    }

    @Test
    void saysWhatIsOfNoField() {
        assertThat(Faults.of(RefusedException.unavailable("Kafka is away.")).other())
                .isEqualTo("Kafka is away.");
        assertThat(Faults.of(RefusedException.conflict("key")).other()).contains("sent before");
    }

    @Test
    void callsTriggerEventsByTheirNames() {
        var faults = Faults.of(List.of(new FieldError("event_type", "has 50 for AINOTE")));

        assertThat(faults.at("event_type")).isEqualTo("Has 50 for “AI notes ready”.");
    }

    @Test
    void saysWhatSomebodyElseSaved() {
        assertThat(Faults.stale(RefusedException.stale())).isTrue();
        assertThat(Faults.stale(RefusedException.notFound("webhook"))).isFalse();
        var faults = Faults.stale(Map.of("name", "Theirs"));

        assertThat(faults.other()).contains("Somebody else", "puts yours in its place");
        assertThat(faults.isStale()).isTrue();
        assertThat(faults.saved("name")).isEqualTo("Theirs");
        assertThat(faults.described("name", "n")).isEqualTo("n-saved ");
        assertThat(faults.described("target_url", "u")).isEmpty();
        assertThat(Faults.stale(Map.of()).other()).contains("in nothing that stands here");
    }
}
