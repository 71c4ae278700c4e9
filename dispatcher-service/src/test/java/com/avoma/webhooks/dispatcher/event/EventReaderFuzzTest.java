package com.avoma.webhooks.dispatcher.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.json.JsonNormalizer;
import com.avoma.webhooks.common.json.MalformedJsonException;
import com.avoma.webhooks.testing.Fuzz;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Whatever stands on `meeting-events`, it becomes an event or a reason; whatever a body is, it
/// becomes stable or is no JSON.
class EventReaderFuzzTest {
    private static final int LARGEST = 4096;

    private final EventReader reader =
            new EventReader(
                    LARGEST, new SchemaCheck(SchemaCheck.Mode.WARN, new Budget(1_000, () -> 0)));

    /// An input is headers, a line each, and a value after an empty line.
    @Test
    void readsRecordsOrSaysWhyNot() {
        var seen = Fuzz.of(EventReaderFuzzTest.class, "events").run(this::read);
        assertThat(seen).containsKeys("accepted", Intake.Reason.INVALID_BODY);
        assertThat(seen).hasSizeGreaterThan(5);
    }

    private Object read(byte[] input) {
        int gap = new String(input, UTF_8).indexOf("\n\n");
        var text = new String(input, UTF_8);
        Map<String, String> headers = new HashMap<>();
        for (var line : (gap < 0 ? text : text.substring(0, gap)).split("\n", -1)) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                headers.put(line.substring(0, colon), line.substring(colon + 2));
            }
        }
        var value = gap < 0 ? null : after(input, "\n\n".getBytes(UTF_8));
        return switch (reader.read(headers::get, value)) {
            case Intake.Accepted(var event, _, _) -> {
                assertThat(event.id()).isNotEmpty();
                assertThat(event.body().bytes().length).isLessThanOrEqualTo(LARGEST);
                assertThat(JsonNormalizer.normalize(event.body().bytes()).changed()).isFalse();
                assertThat(event.body().text())
                        .startsWith("{")
                        .contains("\"event_type\":\"" + event.type() + "\"");
                yield "accepted";
            }
            case Intake.Rejected(var reason, var detail) -> {
                assertThat(detail).isNotBlank().hasSizeLessThan(2_000);
                assertThat(detail.chars()).noneMatch(Character::isISOControl);
                yield reason;
            }
        };
    }

    private static byte[] after(byte[] input, byte[] gap) {
        for (int i = 0; i + gap.length <= input.length; i++) {
            if (Arrays.equals(input, i, i + gap.length, gap, 0, gap.length)) {
                return Arrays.copyOfRange(input, i + gap.length, input.length);
            }
        }
        return new byte[0];
    }

    @Test
    void normalisesWhatIsJsonAndRefusesTheRest() {
        var seen =
                Fuzz.of(EventReaderFuzzTest.class, "bodies")
                        .run(input -> {
                            try {
                                var once = JsonNormalizer.normalize(input).body().bytes();
                                var twice = JsonNormalizer.normalize(once);
                                assertThat(twice.changed()).isFalse();
                                assertThat(twice.inexactNumbers()).isZero();
                                return Arrays.equals(once, input) ? "stable" : "changed";
                            } catch (MalformedJsonException e) {
                                assertThat(e).hasMessageNotContaining("\n");
                                return "refused";
                            }
                        });
        assertThat(seen).containsOnlyKeys("stable", "changed", "refused");
    }
}
