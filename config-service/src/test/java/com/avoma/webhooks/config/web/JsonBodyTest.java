package com.avoma.webhooks.config.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
    private static final Set<String> KNOWN = Set.of("name", "teams", "headers", "count", "on");
    private static final Set<String> READ_ONLY = Set.of("uuid");

    @Test
    void tellsAbsentFromNull() {
        var body = parse("{\"name\":null}");
        assertThat(body.has("name")).isTrue();
        assertThat(body.isNull("name")).isTrue();
        assertThat(body.text("name")).isNull();
        assertThat(body.has("teams")).isFalse();
        assertThat(body.isNull("teams")).isFalse();
        assertThat(body.uuids("teams")).isEmpty();
        body.orRefuse();
    }

    @Test
    void takesNoBodyForAnEmptyObject() {
        assertThat(JsonBody.parse(null, KNOWN, READ_ONLY).has("name")).isFalse();
        assertThat(JsonBody.parse(new byte[0], KNOWN, READ_ONLY).has("name")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "\"{}\"", "null", "true", " "})
    void refusesWhatIsNotOneObject(String json) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.status()).isEqualTo(400))
                .hasMessageContaining("The body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"name\":}",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{'name':1}",
                "{\"name\":\"\\x\"}",
                "{\"count\":NaN}",
                "{\"name\":\"a\",}"
            })
    void refusesWhatIsNotJson(String json) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("The body is not JSON");
    }

    @ParameterizedTest
    @CsvSource({"nane,name", "Teams,teams", "team,teams", "header,headers", "cuont,count", "of,on"})
    void namesTheNearestKnownField(String field, String nearest) {
        assertRefused(
                "{\"" + field + "\":1}",
                field + ": is not a field here; the nearest one is " + nearest);
    }

    @Test
    void refusesWhatIsReadOnly() {
        assertRefused("{\"uuid\":null}", "uuid: is read-only");
    }

    @Test
    void namesEveryFaultAtOnceWithItsPath() {
        var body = parse("{\"name\":7,\"on\":\"yes\",\"count\":1.5,\"headers\":[{\"value\":1},3]}");
        body.text("name");
        body.flag("on");
        body.number("count");
        var headers = body.objects("headers", Set.of("value"));
        headers.getFirst().text("value");

        assertThatThrownBy(body::orRefuse)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e ->
                                assertThat(e.errors())
                                        .extracting(FieldError::field)
                                        .containsExactly(
                                                "name",
                                                "on",
                                                "count",
                                                "headers[1]",
                                                "headers[0].value"));
    }

    @Test
    void namesTheFirstFaultsOfVeryMany() {
        var fields =
                IntStream.range(0, 10_000)
                        .mapToObj(i -> "\"field%d\":1".formatted(i))
                        .collect(Collectors.joining(",", "{", "}"));
        assertThatThrownBy(() -> parse(fields).orRefuse())
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> {
                            assertThat(refused.errors()).hasSize(100);
                            assertThat(refused.errors().getFirst().field()).isEqualTo("field0");
                        });
        var longName = "n".repeat(10_000);
        assertThatThrownBy(() -> parse("{\"" + longName + "\":1}").orRefuse())
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused ->
                                assertThat(refused.errors().getFirst().field())
                                        .isEqualTo("n".repeat(100) + "…"));
    }

    @Test
    void readsEachKind() {
        var uuid = UUID.randomUUID();
        var body =
                parse(
                        "{\"name\":\"é\",\"on\":true,\"count\":2147483647,\"teams\":[\""
                                + uuid
                                + "\"]}");
        assertThat(body.text("name")).isEqualTo("é");
        assertThat(body.flag("on")).isTrue();
        assertThat(body.number("count")).isEqualTo(Integer.MAX_VALUE);
        assertThat(body.uuids("teams")).containsExactly(uuid);
        body.orRefuse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-1-1-1-1",
                "8d2e5b7a61f44c0db6a93e4f5a6b7c8d",
                "{8d2e5b7a-61f4-4c0d-b6a9-3e4f5a6b7c8d}"
            })
    void takesOnlyTheOneFormOfAUuid(String text) {
        assertThat(JsonBody.uuid(text)).isEmpty();
    }

    /// Whatever comes, it is either read or refused with 400.
    @Test
    void neverFailsOtherwise() {
        long seed = new Random().nextLong();
        var random = new Random(seed);
        var alphabet = "{}[]\":,\\ntruefalse0123456789.eE-+name teams\u0000é";
        for (int i = 0; i < 20_000; i++) {
            var json = new StringBuilder(random.nextBoolean() ? "{\"name\":" : "");
            for (int length = random.nextInt(24); length > 0; length--) {
                json.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                var body = parse(json.toString());
                body.text("name");
                body.uuids("teams");
                body.objects("headers", KNOWN);
                body.orRefuse();
            } catch (RefusedException e) {
                assertThat(e.status()).as("seed %d: %s", seed, json).isEqualTo(400);
            }
        }
    }

    private static void assertRefused(String json, String message) {
        assertThatThrownBy(() -> parse(json).orRefuse())
                .isInstanceOf(RefusedException.class)
                .hasMessage(message);
    }

    private static JsonBody parse(String json) {
        return JsonBody.parse(json.getBytes(StandardCharsets.UTF_8), KNOWN, READ_ONLY);
    }
}
