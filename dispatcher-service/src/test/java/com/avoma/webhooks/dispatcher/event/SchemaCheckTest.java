package com.avoma.webhooks.dispatcher.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.json.Payload;
import com.avoma.webhooks.dispatcher.event.SchemaCheck.Finding;
import com.avoma.webhooks.dispatcher.event.SchemaCheck.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaCheckTest {
    private static final Finding SOUND = new Finding.Sound();

    @ParameterizedTest
    @EnumSource(TriggerEvent.class)
    void findsTheSamplesSound(TriggerEvent type) {
        assertThat(check(Mode.WARN).check(type, type.sample())).isEqualTo(SOUND);
    }

    @Test
    void namesThePlaceAndTheRuleAndNoValue() {
        var body = Payload.of(sample().replaceFirst("\"uuid\":\"[^\"]*\"", "\"uuid\":4711"));
        var finding = check(Mode.REJECT).check(TriggerEvent.MEETING_BOOKED_VIA_SCHEDULER, body);
        assertThat(finding).isEqualTo(new Finding.Violation("/uuid: type"));
    }

    @Test
    void namesAMissingField() {
        var body = Payload.of(sample().replaceFirst("\"uuid\":\"[^\"]*\",", ""));
        var finding = check(Mode.REJECT).check(TriggerEvent.MEETING_BOOKED_VIA_SCHEDULER, body);
        assertThat(finding).isEqualTo(new Finding.Violation("the root: required uuid"));
    }

    @Test
    void letsFieldsThatAreNewThrough() {
        var body = Payload.of(sample().replaceFirst("\\{", "{\"new_field\":[1],"));
        assertThat(check(Mode.REJECT).check(TriggerEvent.MEETING_BOOKED_VIA_SCHEDULER, body))
                .isEqualTo(SOUND);
    }

    @Test
    void looksAtSoManyASecondAndNoMoreUnlessItRejects() {
        var warning = new SchemaCheck(Mode.WARN, new Budget(1, () -> 0));
        assertThat(warning.check(TriggerEvent.AINOTE, Payload.of("{}")))
                .isInstanceOf(Finding.Violation.class);
        assertThat(warning.check(TriggerEvent.AINOTE, Payload.of("{}")))
                .isEqualTo(new Finding.Unchecked());
        var rejecting = new SchemaCheck(Mode.REJECT, new Budget(1, () -> 0));
        for (int i = 0; i < 3; i++) {
            assertThat(rejecting.check(TriggerEvent.AINOTE, Payload.of("{}")))
                    .isInstanceOf(Finding.Violation.class);
        }
        assertThat(check(Mode.OFF).check(TriggerEvent.AINOTE, Payload.of("{}"))).isEqualTo(SOUND);
    }

    @Test
    void survivesWhatItsParserDoesNot() {
        var deep = Payload.of("{\"x\":" + "[".repeat(900) + "]".repeat(900) + "}");
        assertThat(check(Mode.REJECT).check(TriggerEvent.AINOTE, deep))
                .isInstanceOf(Finding.Violation.class);
    }

    private static String sample() {
        return TriggerEvent.MEETING_BOOKED_VIA_SCHEDULER.sample().text();
    }

    private static SchemaCheck check(Mode mode) {
        return new SchemaCheck(mode, new Budget(100, () -> 0));
    }
}
