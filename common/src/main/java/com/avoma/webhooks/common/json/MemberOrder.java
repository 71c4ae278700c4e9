package com.avoma.webhooks.common.json;

import static com.avoma.webhooks.common.json.JsonStrings.WORDS;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;

/// Puts the members of each object in the order in which ECMAScript keeps them (ECMA-262,
/// OrdinaryOwnPropertyKeys): keys that are array indices first, ascending; then the others as they
/// came, a repeated one at its first place with its last value.
///
/// It only notes where members are, and moves bytes in the rare object that needs it. The members
/// of all open objects are on one stack. Keys are compared by a hash that nobody can prepare keys
/// for ([KeySet#mix]).
final class MemberOrder {
    private static final int START = 0;
    private static final int KEY_END = 1;
    private static final int END = 2;
    private static final int HASH = 3;
    private static final int INDEX = 4;
    private static final int SLOT = 5;

    /// 2^32 - 1, which is not an array index.
    private static final int NO_INDEX = -1;

    private static final int INDEX_DIGITS = 10;
    private static final int FEW = 8;

    private final Rewriter text;
    private int[] stack = new int[SLOT * 48];
    private int top;
    private int[] table = {};

    MemberOrder(Rewriter text) {
        this.text = text;
    }

    /// Begins an object; its members are those from here on.
    int mark() {
        return top;
    }

    /// Notes a member whose key was just read.
    ///
    /// @param place of the key in the result
    /// @param keyAt of the key in the text, quotes included
    void add(int place, int keyAt, int behindKey) {
        if (top + SLOT > stack.length) {
            stack = Arrays.copyOf(stack, 2 * stack.length);
        }
        int keyEnd = text.place(behindKey);
        // an escape in a key may be spelled anew, and then only the result has the key that counts
        boolean same = text.same(keyAt);
        byte[] bytes = same ? text.in : text.result(behindKey);
        int from = same ? keyAt + 1 : place + 1;
        int to = same ? behindKey - 1 : keyEnd - 1;
        stack[top + START] = place;
        stack[top + KEY_END] = keyEnd;
        stack[top + HASH] = hash(bytes, from, to);
        stack[top + INDEX] = index(bytes, from, to);
        top += SLOT;
    }

    /// Notes that the value of a member was read.
    ///
    /// @param member what [#mark] returned before the member was added
    void ended(int member, int at) {
        stack[member + END] = text.place(at);
    }

    /// Ends an object: puts its members in order where they are not.
    ///
    /// @param first what [#mark] returned at its beginning
    /// @param place of the object in the result
    /// @param at behind the closing brace
    void close(int first, int place, int at) {
        if (top - first > SLOT && (disordered(first) || repeats(first, at))) {
            arrange(first, place, at);
        }
        top = first;
    }

    private boolean disordered(int first) {
        int last = stack[first + INDEX];
        for (int member = first + SLOT; member < top; member += SLOT) {
            int index = stack[member + INDEX];
            // NO_INDEX is the greatest of all, unsigned
            if (Integer.compareUnsigned(index, last) < 0) {
                return true;
            }
            last = index;
        }
        return false;
    }

    private boolean repeats(int first, int at) {
        if (top - first > FEW * SLOT) {
            return repeatsAmongMany(first, at);
        }
        for (int member = first + SLOT; member < top; member += SLOT) {
            for (int other = first; other < member; other += SLOT) {
                if (sameKey(member, other, at)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean repeatsAmongMany(int first, int at) {
        int size = 4 * Integer.highestOneBit((top - first) / SLOT);
        if (table.length < size) {
            table = new int[size];
        } else {
            Arrays.fill(table, 0, size, 0);
        }
        for (int member = first; member < top; member += SLOT) {
            int row = stack[member + HASH] & (size - 1);
            while (table[row] != 0) {
                if (sameKey(member, table[row] - 1, at)) {
                    return true;
                }
                row = (row + 1) & (size - 1);
            }
            table[row] = member + 1;
        }
        return false;
    }

    private boolean sameKey(int member, int other, int at) {
        if (stack[member + HASH] != stack[other + HASH]) {
            return false;
        }
        byte[] result = text.result(at);
        return Arrays.equals(
                result,
                stack[member + START],
                stack[member + KEY_END],
                result,
                stack[other + START],
                stack[other + KEY_END]);
    }

    private void arrange(int first, int place, int at) {
        byte[] result = text.result(at);
        var arranged = new byte[text.place(at) - place];
        int size = 0;
        byte before = '{';
        for (int member : order(first, result)) {
            arranged[size++] = before;
            before = ',';
            int length = stack[member + END] - stack[member + START];
            System.arraycopy(result, stack[member + START], arranged, size, length);
            size += length;
        }
        arranged[size++] = '}';
        text.replaceTail(place, at, arranged, size);
    }

    private List<Integer> order(int first, byte[] result) {
        var kept = new LinkedHashMap<String, Integer>();
        for (int member = first; member < top; member += SLOT) {
            int start = stack[member + START];
            int length = stack[member + KEY_END] - start;
            kept.put(new String(result, start, length, StandardCharsets.ISO_8859_1), member);
        }
        List<Integer> members = new ArrayList<>(kept.values());
        // stable, and NO_INDEX is the greatest of all, unsigned
        members.sort((a, b) -> Integer.compareUnsigned(stack[a + INDEX], stack[b + INDEX]));
        return members;
    }

    /// The array index that a key is (0 to 2^32 - 2, in its one canonical spelling), unsigned.
    private static int index(byte[] bytes, int from, int to) {
        int digits = to - from;
        if (digits == 0 || digits > INDEX_DIGITS || (bytes[from] == '0' && digits > 1)) {
            return NO_INDEX;
        }
        long index = 0;
        for (int at = from; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return NO_INDEX;
            }
            index = 10 * index + digit;
        }
        return index < 0xFFFF_FFFFL ? (int) index : NO_INDEX;
    }

    /// Eight bytes at a time; of a key that is not a multiple of eight long, its last eight, some
    /// of them for the second time.
    private static int hash(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length < Long.BYTES) {
            return (int) KeySet.mix(length, shortWord(bytes, from, length));
        }
        long hash = length;
        int last = to - Long.BYTES;
        for (int at = from; at < last; at += Long.BYTES) {
            hash = KeySet.mix(hash, (long) WORDS.get(bytes, at));
        }
        return (int) KeySet.mix(hash, (long) WORDS.get(bytes, last));
    }

    /// The bytes of a key with fewer than eight, the lowest first.
    private static long shortWord(byte[] bytes, int from, int length) {
        if (from + Long.BYTES <= bytes.length) {
            return (long) WORDS.get(bytes, from) & ((1L << (Byte.SIZE * length)) - 1);
        }
        long word = 0;
        for (int i = length - 1; i >= 0; i--) {
            word = (word << Byte.SIZE) | Byte.toUnsignedLong(bytes[from + i]);
        }
        return word;
    }
}
