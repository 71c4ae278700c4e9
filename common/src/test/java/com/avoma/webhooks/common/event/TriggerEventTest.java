package com.avoma.webhooks.common.event;

import static com.avoma.webhooks.common.event.TriggerEvent.AINOTE;
import static com.avoma.webhooks.common.event.TriggerEvent.MEETING_BOOKED_VIA_SCHEDULER_CANCELED;
import static org.assertj.core.api.Assertions.assertThat;

import com.avoma.webhooks.common.json.JsonNormalizer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class TriggerEventTest {
    /// Every leaf of the wire contract's AINOTE; `[]` is each element of an array.
    private static final Map<String, String> AINOTE_FIELDS =
            fields(
                    """
                    event_type text, event_label text, uuid uuid, subject text, state text,
                    processing_status text, created time, modified time, start_at time, end_at time,
                    duration number, organizer_email email, organizer_name text,
                    attendees[].email email, attendees[].name text,
                    attendees[].response_status text, attendees[].uuid uuid,
                    action_items[].email email, action_items[].name text,
                    action_items[].company text, action_items[].action_item text,
                    ai_notes text, ai_notes_txt text, is_call boolean, is_internal boolean,
                    call_details.external_id text, call_details.frm text, call_details.to text,
                    call_details.external_ph_no text, call_details.call_direction direction,
                    meeting_url url, privacy privacy, purpose.label text, purpose.uuid uuid,
                    outcome.label text, outcome.uuid uuid, recording_uuid uuid,
                    transcription_uuid uuid, transcription_vtt_url url, audio_url url,
                    video_url url, audio_ready boolean, video_ready boolean, notes_ready boolean,
                    transcript_ready boolean,
                    insights.filler_wpm[].designation text,
                    insights.filler_wpm[].filler_wpm number,
                    insights.filler_wpm[].speaker_id number,
                    insights.longest_monologue.rep.segments[][] number,
                    insights.longest_monologue.rep.speaker_id number,
                    insights.patience[].designation text, insights.patience[].patience number,
                    insights.patience[].speaker_id number,
                    insights.sentiment.sentiment number,
                    insights.sentiment.sentiment_ranges[].range[] number,
                    insights.sentiment.sentiment_ranges[].sentiment_value number,
                    insights.speaker_mapping.email email, insights.speaker_mapping.id number,
                    insights.speaker_mapping.name text,
                    insights.talk_stats.talk_percentage number,
                    insights.talk_stats.total_talk_time number,
                    insights.wpm[].designation text, insights.wpm[].speaker_id number,
                    insights.wpm[].wpm number
                    """);

    /// The field set of the three scheduler events, `cancel_reason` aside.
    private static final Map<String, String> SCHEDULER_FIELDS =
            fields(
                    """
                    event_type text, event_label text, uuid uuid, meeting_uuid uuid, subject text,
                    purpose text, booker_email email, organizer_email email,
                    organizer_timezone zone, event_start_time time, event_end_time time,
                    created time, modified time, conference_link url, scheduling_page_link url,
                    invitee_details.email email, invitee_details.locale text,
                    invitee_details.name text, invitee_details.tz zone,
                    invitee_responses[].question text, invitee_responses[].response text
                    """);

    @Test
    void hasEveryFieldOfTheWireContractInTheSampleOfAiNotes() {
        assertThat(leaves(tree(AINOTE))).containsExactlyInAnyOrderEntriesOf(AINOTE_FIELDS);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "AINOTE")
    void hasEveryFieldOfTheWireContractInTheSamplesOfTheScheduler(TriggerEvent event) {
        var expected = new LinkedHashMap<>(SCHEDULER_FIELDS);
        boolean canceled = event == MEETING_BOOKED_VIA_SCHEDULER_CANCELED;
        expected.put("cancel_reason", canceled ? "text" : "null");

        assertThat(leaves(tree(event))).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @ParameterizedTest
    @EnumSource
    void hasASampleOfItsOwnTypeAndLabelThatSurvivesJsonStringify(TriggerEvent event) {
        var normalized = JsonNormalizer.normalizeObject(event.sample().bytes());

        assertThat(normalized.changed()).isFalse();
        assertThat(normalized.inexactNumbers()).isZero();
        assertThat(tree(event).get("event_type").stringValue()).isEqualTo(event.name());
        assertThat(tree(event).get("event_label").stringValue()).isEqualTo(event.label());
        assertThat(event.sample()).isSameAs(event.sample());
    }

    @Test
    void hasTextBeyondAsciiInTheSampleOfAiNotes() {
        assertThat(AINOTE.sample().text()).contains("é", "🚀", "👍").doesNotContain("\\u");
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsNameOnTheWire(TriggerEvent event) {
        assertThat(TriggerEvent.of(event.name())).contains(event);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "ainote", "AINOTE ", "MEETING_BOOKED_VIA_SCHEDULER_CANCELLED"})
    void isFoundByExactlyThatNameOnly(String eventType) {
        assertThat(TriggerEvent.of(eventType)).isEmpty();
    }

    @Test
    void hasTheNamesOfTheWireContract() {
        assertThat(TriggerEvent.values())
                .extracting(TriggerEvent::name)
                .containsExactly(
                        "AINOTE",
                        "MEETING_BOOKED_VIA_SCHEDULER",
                        "MEETING_BOOKED_VIA_SCHEDULER_CANCELED",
                        "MEETING_BOOKED_VIA_SCHEDULER_RESCHEDULED");
    }

    private static Map<String, String> fields(String list) {
        return List.of(list.strip().split(",\\s+")).stream()
                .map(field -> field.split(" "))
                .collect(Collectors.toMap(field -> field[0], field -> field[1]));
    }

    private static JsonNode tree(TriggerEvent event) {
        return new ObjectMapper().readTree(event.sample().bytes());
    }

    /// The path of each leaf, with its type. All elements of an array must have the same.
    private static Map<String, String> leaves(JsonNode sample) {
        Map<String, String> leaves = new LinkedHashMap<>();
        collect(sample, "", leaves);
        return leaves;
    }

    private static void collect(JsonNode node, String path, Map<String, String> leaves) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field ->
                            collect(
                                    field.getValue(),
                                    path.isEmpty() ? field.getKey() : path + "." + field.getKey(),
                                    leaves));
        } else if (node.isArray()) {
            assertThat(node.isEmpty()).as(path).isFalse();
            var shapes = new HashSet<Map<String, String>>();
            node.forEach(element -> {
                Map<String, String> shape = new LinkedHashMap<>();
                collect(element, path + "[]", shape);
                shapes.add(shape);
            });
            assertThat(shapes).as(path).hasSize(1);
            leaves.putAll(shapes.iterator().next());
        } else {
            leaves.put(path, type(path, node));
        }
    }

    private static String type(String path, JsonNode node) {
        if (!node.isString()) {
            return node.isNumber() ? "number" : node.isBoolean() ? "boolean" : "null";
        }
        var text = node.stringValue();
        if (path.endsWith("uuid")) {
            return UUID.fromString(text).toString().equals(text) ? "uuid" : "text";
        } else if (path.endsWith("_time")
                || path.endsWith("_at")
                || path.matches("created|modified")) {
            return Instant.parse(text).toString().equals(text) ? "time" : "text";
        } else if (path.endsWith("email")) {
            return text.matches("[^@ ]+@[^@ ]+") ? "email" : "text";
        } else if (text.matches("https://[^ ]+")) {
            return "url";
        } else if (path.endsWith("tz") || path.endsWith("timezone")) {
            return ZoneId.getAvailableZoneIds().contains(text) ? "zone" : "text";
        } else if (path.endsWith("call_direction")) {
            return text.matches("inbound|outbound") ? "direction" : "text";
        } else if (path.equals("privacy")) {
            return text.matches("private|organization") ? "privacy" : "text";
        }
        return "text";
    }
}
