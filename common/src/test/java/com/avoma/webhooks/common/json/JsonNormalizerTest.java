package com.avoma.webhooks.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.avoma.webhooks.common.json.JsonNormalizer.Normalized;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A fixed table, with the results that JSON.stringify(JSON.parse(text)) gives. In the texts ¦
/// stands for a backslash, so that what is an escape of JSON is seen to be one.
class JsonNormalizerTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "\"\"",
                "null",
                "true",
                "false",
                "0",
                "{\"\":0}",
                "{\"a\":{\"b\":[1,-2,3.5,[],{},[[]]]},\"c\":null}",
                // printable characters raw, emoji too
                "{\"é\":\"日本語 😀 \u007f\u0080\uFEFF\uFFFD\"}",
                "\"/<>&'= \u2028\u2029\"",
                "\"¦b¦t¦n¦f¦r¦¦¦\"\"",
                "\"¦u0000¦u0001¦u000b¦u001f\"",
                "\"¦ud83d\"",
                "\"¦udc00¦ud83d\"",
                "{\"¦ud83d\":1,\"¦ude00\":2}",
                "[-1,10,3600,123456789012345,-999999999999999,9007199254740991]",
                "[0.1,-0.5,1.25,12.5,0.00001,0.000001,1e-7,1.5e-7,1e+21,1.2345e+25,5e-324]",
                "[9007199254740992,100000000000000000000,123456789012345680000]",
                "[1.7976931348623157e+308,0.30000000000000004,123456.7890123456]",
                "{\"2\":1,\"10\":2,\"b\":3,\"a\":4}",
                "{\"0\":1,\"4294967294\":2,\"4294967295\":3,\"01\":4,\"-1\":5,\"1.5\":6}",
                "{\"__proto__\":1,\"constructor\":2,\"toString\":3}",
                "[{\"a\":1},{\"a\":1}]",
                "{\"a\":{\"b\":{\"a\":1},\"a\":2},\"b\":{\"a\":3}}",
            })
    void keepsWhatIsStableAsTheVeryArrayItGot(String text) {
        byte[] json = utf8(text);

        var normalized = JsonNormalizer.normalize(json);

        assertThat(normalized.body().bytes()).isSameAs(json);
        assertThat(normalized.changed()).isFalse();
        assertThat(normalized.inexactNumbers()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // compact
                "{ \"a\" : [ 1 , 2 ] , \"b\" : { } } | {\"a\":[1,2],\"b\":{}}",
                "` \t\n\r[ \t\n\r]\n` | []",
                // printable characters raw
                "\"¦ud83d¦ude00 ¦u00e9 ¦u20AC ¦uD83D¦uDE00\" | \"😀 é € 😀\"",
                "\"¦u0041¦u007f\" | \"A\u007f\"",
                "\"¦/ ¦u002f ¦u003c¦u003E¦u0026¦u0027¦u003d ¦u2028¦u2029\" | \"/ / <>&'= \u2028\u2029\"",
                // control characters
                "\"¦u0008¦u0009¦u000a¦u000C¦u000d\" | \"¦b¦t¦n¦f¦r\"",
                "\"¦u000B¦u001F¦u0000\" | \"¦u000b¦u001f¦u0000\"",
                "\"¦u0022¦u005c\" | \"¦\"¦¦\"",
                // lone surrogates
                "\"¦uD83D\" | \"¦ud83d\"",
                "\"¦uDE00¦uD83D\" | \"¦ude00¦ud83d\"",
                "\"¦uD83Dx¦uDE00\" | \"¦ud83dx¦ude00\"",
                "\"¦uD83D¦u0041\" | \"¦ud83dA\"",
                "\"¦uD83D¦uD83D¦uDE00\" | \"¦ud83d😀\"",
                "\"¦uD83D¦n\" | \"¦ud83d¦n\"",
                // numbers
                "[3600.0,3600.50,36e2,0.36E+4,1E0] | [3600,3600.5,3600,3600,1]",
                "[1e21,1e20,123e20,1.5e300] | [1e+21,100000000000000000000,1.23e+22,1.5e+300]",
                "[1e-6,1e-7,0.0000001,0.00000123] | [0.000001,1e-7,1e-7,0.00000123]",
                "[0.00001,1e-5,10e-6,0.000010] | [0.00001,0.00001,0.00001,0.00001]",
                "[-0,-0.0,-0e5,0.0,0e0] | [0,0,0,0,0]",
                "[5e-324,4.9E-324,2e-323,1.976E-323,9.9E-324,1.5E-323] | [5e-324,5e-324,2e-323,2e-323,1e-323,1.5e-323]",
                "[2e-322,9.99e-322,2.2250738585072014E-308] | [2e-322,1e-321,2.2250738585072014e-308]",
                "[0.1000000000000000055511151231257827,3.14159265358979323846] | [0.1,3.141592653589793]",
                "[1.0000000000000000000001] | [1]",
                // keys
                "{\"10\":1,\"2\":2} | {\"2\":2,\"10\":1}",
                "{\"b\":1,\"1\":2,\"a\":3,\"0\":4} | {\"0\":4,\"1\":2,\"b\":1,\"a\":3}",
                "{\"01\":1,\"4294967295\":2,\"4294967294\":3} | {\"4294967294\":3,\"01\":1,\"4294967295\":2}",
                "{\"2147483648\":1,\"2147483647\":2} | {\"2147483647\":2,\"2147483648\":1}",
                "{\"a\":1,\"b\":2,\"a\":3} | {\"a\":3,\"b\":2}",
                "{\"b\":1,\"2\":2,\"b\":3,\"1\":4,\"2\":5} | {\"1\":4,\"2\":5,\"b\":3}",
                "{\"a\":{\"b\":1},\"a\":2} | {\"a\":2}",
                "{\"a\":1,\"¦u0061\":2} | {\"a\":2}",
                "{\"x\":0,\"¦u0032\":1} | {\"2\":1,\"x\":0}",
                "{\"¦uD83D\":1,\"¦ud83d\":2} | {\"¦ud83d\":2}",
                "{\"__proto__\":1,\"a\":2,\"__proto__\":{\"b\":3}} | {\"__proto__\":{\"b\":3},\"a\":2}",
                "{\"a\":{\"b\":[{\"x\":0,\"1\":{\"y\":1,\"0\":2}}]}} | {\"a\":{\"b\":[{\"1\":{\"0\":2,\"y\":1},\"x\":0}]}}",
                "{ \"a\" : { \"a\" : 1.0 , \"a\" : 2.0 } , \"a\" : [ 3.0 ] , \"b\" : 4 } | {\"a\":[3],\"b\":4}",
            })
    void makesOfEverythingElseWhatJsonStringifyMakes(String text, String expected) {
        var normalized = JsonNormalizer.normalize(utf8(text));

        assertThat(normalized.body().text()).isEqualTo(expected.replace('¦', '\\'));
        assertThat(normalized.changed()).isTrue();
        assertThat(normalized.inexactNumbers()).isZero();
        var again = JsonNormalizer.normalize(normalized.body().bytes());
        assertThat(again.changed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9007199254740993 | 9007199254740992 | 1",
                "-9007199254740993 | -9007199254740992 | 1",
                "12345678901234567890 | 12345678901234567000 | 1",
                "18446744073709551615 | 18446744073709552000 | 1",
                "9007199254740993.0 | 9007199254740992 | 1",
                "1e400 | null | 1",
                "-1e400 | null | 1",
                "[1e-400,-1e-400] | [0,0] | 2",
                "{\"a\":1e400,\"b\":[9007199254740993]} | {\"a\":null,\"b\":[9007199254740992]} | 2",
                // these say what they said
                "9007199254740992 | 9007199254740992 | 0",
                "9007199254740992.0 | 9007199254740992 | 0",
                "1e23 | 1e+23 | 0",
                "[10000000000000000000000,1e+22] | [1e+22,1e+22] | 0",
                "123456789012345690000000.000e0 | 1.2345678901234569e+23 | 0",
                "[0.1234567890123456789,0e99999999999] | [0.12345678901234568,0] | 0",
            })
    void countsNumbersThatNoDoubleHolds(String text, String expected, int count) {
        var normalized = JsonNormalizer.normalize(utf8(text));

        assertThat(normalized.body().text()).isEqualTo(expected);
        assertThat(normalized.inexactNumbers()).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | 0 | the text ends here",
                "`  ` | 2 | the text ends here",
                "x | 0 | no JSON value",
                "nul | 0 | no JSON value",
                "tRue | 0 | no JSON value",
                "NaN | 0 | no JSON value",
                "-Infinity | 1 | no digit",
                "'a' | 0 | no JSON value",
                "{} {} | 3 | something follows",
                "1 2 | 2 | something follows",
                "[1,] | 3 | no JSON value",
                "[,1] | 1 | no JSON value",
                "[1 2] | 3 | neither , nor ]",
                "[1 | 2 | the text ends here",
                "{\"a\":1,} | 7 | no key",
                "{a:1} | 1 | no key",
                "{1:1} | 1 | no key",
                "{\"a\" 1} | 5 | no : after a key",
                "{\"a\":} | 5 | no JSON value",
                "{\"a\":1 \"b\":2} | 7 | neither , nor }",
                "{\"a\":1 | 6 | the text ends here",
                "{\"a | 3 | a string is not closed",
                "\"a¦ | 3 | the text ends here",
                "\"a¦\" | 4 | a string is not closed",
                "\"¦x\" | 2 | an escape that JSON does not have",
                "\"¦U0041\" | 2 | an escape",
                "\"¦u00g0\" | 5 | no hexadecimal digit",
                "\"¦u12\" | 5 | no hexadecimal digit",
                "\"¦ud83d¦u12\" | 11 | no hexadecimal digit",
                "`\"a\nb\"` | 2 | a control character in a string",
                "`\"12345678\tb\"` | 9 | a control character in a string",
                "01 | 0 | begins with 0",
                "-01 | 1 | begins with 0",
                "00 | 0 | begins with 0",
                "+1 | 0 | no JSON value",
                ".5 | 0 | no JSON value",
                "1. | 2 | no digit",
                "[1.] | 3 | no digit",
                "1.e5 | 2 | no digit",
                "1e | 2 | no digit",
                "1e+ | 3 | no digit",
                "- | 1 | no digit",
                "1_000 | 1 | something follows",
                "0x10 | 1 | something follows",
                "[1]// | 3 | something follows",
                "\u00a01 | 0 | no JSON value",
                "1\u2028 | 1 | something follows",
                "] | 0 | no JSON value",
            })
    void refusesWhatIsNotJsonAndSaysWhere(String text, int position, String problem) {
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> JsonNormalizer.normalize(utf8(text)))
                .withMessageContaining("byte " + position + ": ")
                .withMessageContaining(problem)
                .satisfies(e -> assertThat(e.position()).isEqualTo(position));
    }

    @ParameterizedTest
    @CsvSource({
        "80, a lone continuation",
        "C3, nothing after a lead",
        "C328, no continuation after a lead",
        "C0AF, an overlong slash",
        "C1BF, an overlong DEL",
        "E080AF, an overlong slash of three",
        "E09FBF, the last overlong of three",
        "F08080AF, an overlong slash of four",
        "F08FBFBF, the last overlong of four",
        "EDA080, the first surrogate",
        "EDBFBF, the last surrogate",
        "EDA0BDEDB880, a pair of surrogates (CESU-8)",
        "F4908080, the first beyond Unicode",
        "F5808080, no lead",
        "FF, never a byte of UTF-8",
        "E282, two of three",
        "F09F98, three of four",
        "F09F9828, no continuation at the end",
    })
    void refusesWhatIsNotUtf8(String hex, String what) {
        byte[] bad = HexFormat.of().parseHex(hex);

        for (var padding : new String[] {"", "1234567", "12345678901"}) {
            byte[] json = concat(utf8("[\"" + padding), bad, utf8("\"]"));
            assertThatExceptionOfType(MalformedJsonException.class)
                    .as(what)
                    .isThrownBy(() -> JsonNormalizer.normalize(json))
                    .withMessage("byte %d: not UTF-8", 2 + padding.length());
        }
    }

    @Test
    void judgesEachAsciiCharacterAtEachPlaceOfAString() {
        for (int before = 0; before < 20; before++) {
            for (char c = 0; c < 128; c++) {
                byte[] json = utf8('"' + "x".repeat(before) + c + "y".repeat(20) + '"');
                if (c >= ' ' && c != '"' && c != '\\') {
                    assertThat(JsonNormalizer.normalize(json).changed()).isFalse();
                } else {
                    // a quote ends the string, a backslash begins an escape that there is not
                    int at = 1 + before + (c < ' ' ? 0 : 1);
                    assertThatExceptionOfType(MalformedJsonException.class)
                            .isThrownBy(() -> JsonNormalizer.normalize(json))
                            .satisfies(e -> assertThat(e.position()).isEqualTo(at));
                }
            }
        }
    }

    @Test
    void takesTheFirstAndLastCharactersOfEachUtf8Length() {
        var text = "\"\u007f\u0080\u07ff\u0800\ud7ff\ue000\uffff\ud800\udc00\udbff\udfff\"";

        assertThat(JsonNormalizer.normalize(utf8(text)).changed()).isFalse();
    }

    @Test
    void dropsALeadingByteOrderMark() {
        var normalized = JsonNormalizer.normalizeObject(utf8("\uFEFF{\"a\":\"\uFEFF\"}"));

        assertThat(normalized.body().text()).isEqualTo("{\"a\":\"\uFEFF\"}");
        assertThat(normalized.changed()).isTrue();
        assertThatThrownBy(() -> JsonNormalizer.normalize(utf8("\uFEFF\uFEFF1")))
                .hasMessageStartingWith("byte 3: ");
    }

    @Test
    void readsAPartOfAnArrayAndNothingBesideIt() {
        byte[] json = utf8("[{\"a\":1},{\"a\":12}]");

        var part = JsonNormalizer.normalize(json, 1, 7);

        assertThat(part.body().text()).isEqualTo("{\"a\":1}");
        assertThat(part.changed()).isFalse();
        assertThat(JsonNormalizer.normalize(json, 14, 1).body().text()).isEqualTo("1");
        assertThat(JsonNormalizer.normalize(utf8("x{\"b\":1,\"0\":2.0}x"), 1, 15).body().text())
                .isEqualTo("{\"0\":2,\"b\":1}");
        assertThatThrownBy(() -> JsonNormalizer.normalize(json, 1, 6))
                .hasMessageStartingWith("byte 6: the text ends here");
        assertThatThrownBy(() -> JsonNormalizer.normalize(utf8("\"\u00e9\""), 0, 2))
                .hasMessageStartingWith("byte 1: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{}] | an array",
                "\"{}\" | a string",
                "1 | a number",
                "-1 | a number",
                "true | a boolean",
                "false | a boolean",
                "null | null",
                "1e400 | null",
            })
    void refusesABodyThatIsNoObject(String text, String kind) {
        assertThatExceptionOfType(MalformedJsonException.class)
                .isThrownBy(() -> JsonNormalizer.normalizeObject(utf8(text)))
                .withMessage("byte 0: " + kind + " (expected: one JSON object)");
    }

    @Test
    void boundsTheDepth() {
        int max = JsonNormalizer.MAX_DEPTH;
        var deepest = "[{\"a\":".repeat(max / 2) + "1" + "}]".repeat(max / 2);

        assertThat(JsonNormalizer.normalize(utf8(deepest)).changed()).isFalse();
        assertThatThrownBy(() -> JsonNormalizer.normalize(utf8("[" + deepest + "]")))
                .hasMessage(
                        "byte %d: nested too deep (expected: at most 1000 levels)",
                        1 + 6 * 500 - 5);
    }

    @Test
    void needsLittleStackForTheGreatestDepth() throws InterruptedException {
        int max = JsonNormalizer.MAX_DEPTH;
        byte[] deepest = utf8("{\"a\":[".repeat(max / 2) + "]}".repeat(max / 2));
        var normalized = new AtomicReference<Normalized>();

        var thread =
                new Thread(
                        null,
                        () -> normalized.set(JsonNormalizer.normalize(deepest)),
                        "little-stack",
                        256 * 1024);
        thread.start();
        thread.join();

        assertThat(normalized.get().body().bytes()).isSameAs(deepest);
    }

    @Test
    void staysFastWithDisorderAtEveryDepth() {
        int max = JsonNormalizer.MAX_DEPTH;
        var text = '"' + "x".repeat(200_000) + '"';
        var disordered = "{\"b\":1,\"0\":".repeat(max) + text + "}".repeat(max);

        var normalized =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(5), () -> JsonNormalizer.normalize(utf8(disordered)));

        assertThat(normalized.body().text())
                .isEqualTo("{\"0\":".repeat(max) + text + ",\"b\":1}".repeat(max));
    }

    @Test
    void doesNotRepeatTheTextInItsMessages() {
        assertThatThrownBy(() -> JsonNormalizer.normalize(utf8("{\"secret\":hush}")))
                .hasMessage("byte 10: no JSON value (expected: one)");
    }

    @Test
    void staysFastWithManyKeys() {
        var members =
                IntStream.range(0, 200_000)
                        .mapToObj(i -> "\"key" + i % 150_000 + "\":" + i)
                        .collect(Collectors.joining(",", "{", "}"));
        var expected =
                IntStream.range(0, 150_000)
                        .mapToObj(i -> "\"key" + i + "\":" + (i < 50_000 ? i + 150_000 : i))
                        .collect(Collectors.joining(",", "{", "}"));

        var normalized =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(5), () -> JsonNormalizer.normalize(utf8(members)));

        assertThat(normalized.body().text()).isEqualTo(expected);
    }

    @Test
    void staysFastWithNumbersOfManyDigits() {
        var digits = "9".repeat(200_000);

        var normalized =
                assertTimeoutPreemptively(
                        Duration.ofSeconds(5),
                        () ->
                                JsonNormalizer.normalize(
                                        utf8("[" + digits + "e-199999,0." + digits + "]")));

        assertThat(normalized.body().text()).isEqualTo("[10,1]");
    }

    @Test
    void writesTheShortestDigitsOfTheSmallestDoubles() {
        // as ECMA-262 asks: of the decimals with the fewest digits, the nearest
        assertThat(
                        IntStream.rangeClosed(1, 12)
                                .mapToObj(i -> EcmaNumber.text(i * Double.MIN_VALUE)))
                .containsExactly(
                        "5e-324",
                        "1e-323",
                        "1.5e-323",
                        "2e-323",
                        "2.5e-323",
                        "3e-323",
                        "3.5e-323",
                        "4e-323",
                        "4.4e-323",
                        "5e-323",
                        "5.4e-323",
                        "6e-323");
    }

    private static byte[] utf8(String text) {
        return text.replace('¦', '\\').getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concat(byte[]... parts) {
        var all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
