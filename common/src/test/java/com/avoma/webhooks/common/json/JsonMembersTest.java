package com.avoma.webhooks.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.avoma.webhooks.common.json.JsonMembers.Span;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JsonMembersTest {

    @Test
    void findsAttributesAndDataOfAnEnvelope() {
        var envelope =
                of(
                        """
                        {"specversion": "1.0", "id": "e-1", "data": {"event_type": "AINOTE", "id": "inner",
                         "list": [{"id": 1}, "}", "\\"]"], "empty": {}}, "time": "2026-01-01T00:00:00Z",
                         "count": 3, "flag": true, "none": null, "numbers": [1, 2], "organizationid": "o-1"}
                        """);

        assertThat(envelope.text("specversion")).isEqualTo("1.0");
        assertThat(envelope.text("id")).isEqualTo("e-1");
        assertThat(envelope.text("organizationid")).isEqualTo("o-1");
        assertThat(envelope.text("time")).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(envelope.value("data"))
                .isEqualTo(
                        Payload.of(
                                "{\"event_type\":\"AINOTE\",\"id\":\"inner\",\"list\":[{\"id\":1},\"}\",\"\\\"]\"],\"empty\":{}}"));
        assertThat(envelope.value("count")).isEqualTo(Payload.of("3"));
        assertThat(envelope.value("none")).isEqualTo(Payload.of("null"));
        assertThat(envelope.value("numbers")).isEqualTo(Payload.of("[1,2]"));
    }

    @Test
    void tellsAbsentFromOtherThanAString() {
        var members = of("{\"a\":null,\"b\":1,\"c\":{\"d\":\"e\"}}");

        assertThat(members.has("a")).isTrue();
        assertThat(members.text("a")).isNull();
        assertThat(members.text("b")).isNull();
        assertThat(members.text("c")).isNull();
        assertThat(members.has("d")).isFalse();
        assertThat(members.text("d")).isNull();
        assertThat(members.span("d")).isNull();
        assertThat(members.value("d")).isNull();
        assertThat(of("{}").has("")).isFalse();
        assertThat(of("{\"\":\"\"}").text("")).isEmpty();
    }

    @Test
    void givesPlacesInTheNormalisedText() {
        var members = of("{ \"a\" : 1.0 , \"b\" : [ true ] }");

        assertThat(members.bytes())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"a\":1,\"b\":[true]}");
        assertThat(members.span("a")).isEqualTo(new Span(5, 1));
        assertThat(members.span("b")).isEqualTo(new Span(11, 6));
    }

    @Test
    void takesTheLastOfARepeatedKey() {
        assertThat(of("{\"a\":\"first\",\"b\":2,\"\\u0061\":\"last\"}").text("a"))
                .isEqualTo("last");
    }

    @Test
    void decodesStringsAndKeys() {
        var members =
                of(
                        "{\"text\":\"\\b\\t\\n\\f\\r\\\"\\\\\\/\\u000b\\u00e9\\ud83d\\ude00\\ud83d é😀\",\"\\\"k\\n\":\"v\"}");

        assertThat(members.text("text")).isEqualTo("\b\t\n\f\r\"\\/\u000bé😀\ud83d é😀");
        assertThat(members.text("\"k\n")).isEqualTo("v");
        assertThat(members.has("\\\"k\\n")).isFalse();
    }

    @Test
    void findsEachOfMany() {
        var members =
                of(
                        IntStream.range(0, 100)
                                .mapToObj(i -> "\"k" + i + "\":\"v" + i + "\"")
                                .collect(Collectors.joining(",", "{", "}")));

        assertThat(members.text("k99")).isEqualTo("v99");
        assertThat(members.text("k0")).isEqualTo("v0");
        assertThat(members.text("k50")).isEqualTo("v50");
        assertThat(members.text("k100")).isNull();
    }

    @Test
    void refusesWhatIsNoObject() {
        assertThatThrownBy(() -> of("[]")).isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> of("{")).isInstanceOf(MalformedJsonException.class);
        var array = JsonNormalizer.normalize("[]".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> JsonMembers.of(array)).isInstanceOf(MalformedJsonException.class);
    }

    private static JsonMembers of(String json) {
        return JsonMembers.of(json.getBytes(StandardCharsets.UTF_8));
    }
}
