package com.avoma.webhooks.common.json;

import com.avoma.webhooks.common.json.JsonNormalizer.Normalized;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The top-level members of one JSON object, read without a tree: the attributes of a structured
/// CloudEvent, the `event_type` of a body. Members are looked for only as far as needed, so what
/// stands first is found at once.
///
/// It reads normalised text only, in which every key is there once and no white space is. Not
/// thread-safe.
public final class JsonMembers {
    private static final int KEY = 0;
    private static final int KEY_END = 1;
    private static final int VALUE = 2;
    private static final int VALUE_END = 3;
    private static final int SLOT = 4;

    private final byte[] json;

    /// The members seen so far: where their keys and values are, quotes included.
    private int[] seen = new int[SLOT * 16];

    private int count;

    /// Behind the opening brace or the comma that the next member follows.
    private int at = 1;

    private JsonMembers(byte[] json) {
        this.json = json;
    }

    /// A value's place in [#bytes].
    public record Span(int offset, int length) {}

    /// The members of any JSON object; it is normalised first, so of a repeated key the last value
    /// holds.
    ///
    /// @throws MalformedJsonException where the bytes are not one JSON object in UTF-8
    public static JsonMembers of(byte[] json) {
        return of(JsonNormalizer.normalizeObject(json));
    }

    /// The members of a normalised object.
    ///
    /// @throws MalformedJsonException where it is another value
    public static JsonMembers of(Normalized object) {
        byte[] json = object.body().bytes();
        if (json[0] != '{') {
            throw new MalformedJsonException(0, "no object (expected: one)");
        }
        return new JsonMembers(json);
    }

    /// The normalised text that the spans are of.
    public byte[] bytes() {
        return json;
    }

    public boolean has(String name) {
        return find(name) >= 0;
    }

    /// Where a member's value is; null where there is no such member.
    public @Nullable Span span(String name) {
        int member = find(name);
        return member < 0
                ? null
                : new Span(seen[member + VALUE], seen[member + VALUE_END] - seen[member + VALUE]);
    }

    /// A member's value as a body of its own; null where there is no such member.
    public @Nullable Payload value(String name) {
        int member = find(name);
        return member < 0
                ? null
                : Payload.of(
                        Arrays.copyOfRange(json, seen[member + VALUE], seen[member + VALUE_END]));
    }

    /// The text of a member that is a string; null where there is no such member or it is something
    /// else.
    public @Nullable String text(String name) {
        int member = find(name);
        return member < 0 || json[seen[member + VALUE]] != '"'
                ? null
                : decoded(seen[member + VALUE], seen[member + VALUE_END]);
    }

    private int find(String name) {
        byte[] key = name.getBytes(StandardCharsets.UTF_8);
        for (int member = 0; member < count || next(); member += SLOT) {
            if (isKey(member, key, name)) {
                return member;
            }
        }
        return -1;
    }

    private boolean isKey(int member, byte[] key, String name) {
        int from = seen[member + KEY];
        int to = seen[member + KEY_END];
        return isEscaped(from, to)
                ? decoded(from, to).equals(name)
                : Arrays.equals(json, from + 1, to - 1, key, 0, key.length);
    }

    /// Notes the next member.
    ///
    /// @return false where there is none
    private boolean next() {
        if (json[at] != '"') {
            return false;
        }
        if (count == seen.length) {
            seen = Arrays.copyOf(seen, 2 * seen.length);
        }
        int keyEnd = behindString(at);
        int valueEnd = behindValue(keyEnd + 1);
        seen[count + KEY] = at;
        seen[count + KEY_END] = keyEnd;
        seen[count + VALUE] = keyEnd + 1;
        seen[count + VALUE_END] = valueEnd;
        count += SLOT;
        at = json[valueEnd] == ',' ? valueEnd + 1 : valueEnd;
        return true;
    }

    private int behindValue(int from) {
        int depth = 0;
        int behind = from;
        do {
            switch (json[behind]) {
                case '"' -> behind = behindString(behind);
                case '{', '[' -> {
                    depth++;
                    behind++;
                }
                case '}', ']' -> {
                    depth--;
                    behind++;
                }
                default -> behind++;
            }
        } while (depth > 0 || !isEnd(json[behind]));
        return behind;
    }

    private static boolean isEnd(byte c) {
        return c == ',' || c == '}';
    }

    private int behindString(int open) {
        int behind = JsonStrings.plain(json, open + 1, json.length);
        while (json[behind] != '"') {
            behind += json[behind] == '\\' ? 2 : 1;
            behind = JsonStrings.plain(json, behind, json.length);
        }
        return behind + 1;
    }

    private boolean isEscaped(int from, int to) {
        for (int i = from; i < to; i++) {
            if (json[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    /// @param from of the opening quote
    /// @param to behind the closing one
    private String decoded(int from, int to) {
        var raw = new String(json, from + 1, to - from - 2, StandardCharsets.UTF_8);
        int escape = raw.indexOf('\\');
        if (escape < 0) {
            return raw;
        }
        var text = new StringBuilder(raw.length());
        int copied = 0;
        for (; escape >= 0; escape = raw.indexOf('\\', copied)) {
            text.append(raw, copied, escape);
            char kind = raw.charAt(escape + 1);
            copied = escape + 2;
            switch (kind) {
                case 'b' -> text.append('\b');
                case 't' -> text.append('\t');
                case 'n' -> text.append('\n');
                case 'f' -> text.append('\f');
                case 'r' -> text.append('\r');
                case 'u' -> {
                    text.append((char) Integer.parseInt(raw, copied, copied + 4, 16));
                    copied += 4;
                }
                default -> text.append(kind);
            }
        }
        return text.append(raw, copied, raw.length()).toString();
    }
}
