package com.avoma.webhooks.common.json;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is recognised without a second look, and what is left to it.
class StableTextTest {
    @Test
    void anObjectThatHasEndedLeavesRoomForTheNext() {
        var objects =
                list(
                        10 * KeySet.MOST,
                        i -> "{\"speaker\":%d,\"text\":{\"speaker\":1}}".formatted(i));

        assertThat(isStable("{\"notes\":[" + objects + "],\"speaker\":0}")).isTrue();
    }

    @Test
    void anObjectOfManyKeysIsForTheNextToJudge() {
        assertThat(isStable(object(KeySet.MOST))).isTrue();
        assertThat(isStable(object(KeySet.MOST + 1))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, KeySet.MOST - 1, KeySet.MOST, 10 * KeySet.MOST})
    void aKeyThatComesTwiceIsSeenHoweverManyAreBetween(int keys) {
        var twice = object(keys).replace("\"key%d\":".formatted(keys - 1), "\"key0\":");

        assertThat(isStable(twice)).isFalse();
        assertThat(JsonNormalizer.normalize(utf8(twice)).body().text())
                .isEqualTo(object(keys - 1).replace("\"key0\":0", "\"key0\":" + (keys - 1)));
    }

    private static String object(int keys) {
        return "{" + list(keys, i -> "\"key%d\":%d".formatted(i, i)) + "}";
    }

    private static String list(int size, IntFunction<String> element) {
        return IntStream.range(0, size).mapToObj(element).collect(joining(","));
    }

    private static boolean isStable(String text) {
        var json = utf8(text);
        return StableText.is(json, 0, json.length);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
