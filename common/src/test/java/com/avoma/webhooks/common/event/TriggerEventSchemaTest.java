package com.avoma.webhooks.common.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class TriggerEventSchemaTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @ParameterizedTest
    @EnumSource
    void isAValidSchemaOfDraft202012(TriggerEvent event) {
        var schema = MAPPER.readTree(event.schema().bytes());
        var metaSchema =
                REGISTRY.getSchema(
                        SchemaLocation.of(SpecificationVersion.DRAFT_2020_12.getDialectId()));

        assertThat(schema.path("$schema").asString())
                .isEqualTo(SpecificationVersion.DRAFT_2020_12.getDialectId());
        assertThat(metaSchema.validate(schema)).isEmpty();
        assertThat(metaSchema.validate(MAPPER.readTree("{\"type\":\"nonsense\"}"))).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void acceptsItsSampleAndNoOtherEvents(TriggerEvent event) {
        for (var other : TriggerEvent.values()) {
            assertThat(faults(event, sample(other)).isEmpty()).isEqualTo(other == event);
        }
    }

    /// Whatever a sample has, its schema describes, and the other way round: a sample has every
    /// field.
    @ParameterizedTest
    @EnumSource
    void describesExactlyTheFieldsOfItsSample(TriggerEvent event) {
        List<String> differences = new ArrayList<>();
        compare("", MAPPER.readTree(event.schema().bytes()), sample(event), differences);
        assertThat(differences).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void letsFieldsThroughThatAreAddedLater(TriggerEvent event) {
        assertThat(faults(event, sample(event).put("added_later", 1))).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "AINOTE | /event_label | null",
                "AINOTE | /ai_notes | null",
                "AINOTE | /ai_notes_txt | null",
                "AINOTE | /call_details | null",
                "AINOTE | /call_details/external_ph_no | null",
                "AINOTE | /meeting_url | null",
                "AINOTE | /purpose | null",
                "AINOTE | /outcome | null",
                "AINOTE | /privacy | \"private\"",
                "AINOTE | /call_details/call_direction | \"inbound\"",
                "AINOTE | /duration | 3600",
                "AINOTE | /attendees | []",
                "MEETING_BOOKED_VIA_SCHEDULER | /event_label | null",
                "MEETING_BOOKED_VIA_SCHEDULER | /purpose | null",
                "MEETING_BOOKED_VIA_SCHEDULER | /booker_email | null",
                "MEETING_BOOKED_VIA_SCHEDULER_CANCELED | /cancel_reason | null",
            })
    void allowsWhatTheWireContractAllows(TriggerEvent event, String path, String value) {
        assertThat(faults(event, changed(event, path, value))).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "AINOTE | /event_type | \"ainote\"",
                "AINOTE | /uuid | null",
                "AINOTE | /uuid | \"not a uuid\"",
                "AINOTE | /uuid | absent",
                "AINOTE | /subject | null",
                "AINOTE | /subject | 7",
                "AINOTE | /created | \"yesterday\"",
                "AINOTE | /start_at | 1571000000",
                "AINOTE | /duration | \"3600\"",
                "AINOTE | /organizer_email | 7",
                "AINOTE | /attendees | null",
                "AINOTE | /attendees | {}",
                "AINOTE | /attendees/0/email | 7",
                "AINOTE | /action_items/0/email | absent",
                "AINOTE | /action_items/0/name | absent",
                "AINOTE | /action_items/1/company | absent",
                "AINOTE | /action_items/1/action_item | absent",
                "AINOTE | /is_call | \"true\"",
                "AINOTE | /call_details/call_direction | \"sideways\"",
                "AINOTE | /privacy | \"public\"",
                "AINOTE | /privacy | null",
                "AINOTE | /purpose | \"Demo\"",
                "AINOTE | /outcome | []",
                "AINOTE | /recording_uuid | null",
                "AINOTE | /audio_ready | null",
                "AINOTE | /insights | null",
                "AINOTE | /insights/wpm/0/wpm | \"fast\"",
                "AINOTE | /insights/longest_monologue/rep/segments/0 | 7",
                "AINOTE | /insights/sentiment/sentiment_ranges/0/range | 7",
                "AINOTE | /insights/speaker_mapping/id | \"1\"",
                "MEETING_BOOKED_VIA_SCHEDULER | /meeting_uuid | absent",
                "MEETING_BOOKED_VIA_SCHEDULER | /purpose | {}",
                "MEETING_BOOKED_VIA_SCHEDULER | /cancel_reason | \"why\"",
                "MEETING_BOOKED_VIA_SCHEDULER | /cancel_reason | absent",
                "MEETING_BOOKED_VIA_SCHEDULER | /organizer_email | null",
                "MEETING_BOOKED_VIA_SCHEDULER | /event_start_time | null",
                "MEETING_BOOKED_VIA_SCHEDULER | /invitee_details | []",
                "MEETING_BOOKED_VIA_SCHEDULER | /invitee_responses/0 | \"25\"",
                "MEETING_BOOKED_VIA_SCHEDULER_RESCHEDULED | /cancel_reason | \"why\"",
                "MEETING_BOOKED_VIA_SCHEDULER_CANCELED | /cancel_reason | 7",
                "MEETING_BOOKED_VIA_SCHEDULER_CANCELED | /conference_link | absent",
            })
    void refusesWhatTheWireContractDoesNotHave(TriggerEvent event, String path, String value) {
        assertThat(faults(event, changed(event, path, value)))
                .as("%s %s", path, value)
                .isNotEmpty();
    }

    @Test
    void refusesWhatIsNoObject() {
        assertThat(faults(TriggerEvent.AINOTE, MAPPER.createArrayNode())).isNotEmpty();
        assertThat(faults(TriggerEvent.AINOTE, MAPPER.createObjectNode())).isNotEmpty();
    }

    /// Formats are asserted, though readers of draft 2020-12 need not; but for addresses at
    /// `.example`, which the validator takes for none, because no registry has that name.
    private static List<Error> faults(TriggerEvent event, JsonNode body) {
        Schema schema = REGISTRY.getSchema(MAPPER.readTree(event.schema().bytes()));
        var faults =
                schema.validate(
                        body,
                        context ->
                                context.executionConfig(
                                        config -> config.formatAssertionsEnabled(true)));
        return faults.stream().filter(fault -> !isExampleAddress(fault)).toList();
    }

    private static boolean isExampleAddress(Error fault) {
        var value = fault.getInstanceNode();
        return fault.getKeyword().equals("format")
                && value.isString()
                && value.stringValue().endsWith(".example");
    }

    private static ObjectNode sample(TriggerEvent event) {
        return (ObjectNode) MAPPER.readTree(event.sample().bytes());
    }

    private static JsonNode changed(TriggerEvent event, String path, String value) {
        var body = sample(event);
        int last = path.lastIndexOf('/');
        var field = path.substring(last + 1);
        var parent = last == 0 ? body : body.at(path.substring(0, last));
        assertThat(parent.has(field) || parent.isArray()).as("there is %s", path).isTrue();
        switch (parent) {
            case ObjectNode object when value.equals("absent") -> object.remove(field);
            case ObjectNode object -> object.set(field, MAPPER.readTree(value));
            case ArrayNode array -> array.set(Integer.parseInt(field), MAPPER.readTree(value));
            default -> throw new AssertionError(path);
        }
        return body;
    }

    private static void compare(
            String path, JsonNode schema, JsonNode value, List<String> differences) {
        if (value.isObject()) {
            var properties = schema.path("properties");
            value.propertyNames().stream()
                    .filter(name -> !properties.has(name))
                    .forEach(name -> differences.add("not described: " + path + "/" + name));
            properties
                    .properties()
                    .forEach(property -> {
                        var name = property.getKey();
                        if (value.has(name)) {
                            compare(
                                    path + "/" + name,
                                    property.getValue(),
                                    value.get(name),
                                    differences);
                        } else {
                            differences.add("not in the sample: " + path + "/" + name);
                        }
                    });
        } else if (value.isArray()) {
            value.forEach(item -> compare(path + "[]", schema.path("items"), item, differences));
        }
    }
}
