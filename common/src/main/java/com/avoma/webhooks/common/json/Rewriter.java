package com.avoma.webhooks.common.json;

import java.util.Arrays;

/// A text on its way to the normalised one. What is the same in both is not copied before something
/// differs, and then in runs; so a text that is stable already costs no copy at all.
///
/// Positions of the text are called "at", positions of the result "place".
final class Rewriter {
    private static final int END = 256;

    final byte[] in;
    final int end;
    private final int start;

    private byte[] out = {};
    private int length;

    /// Everything before it is in [#out] or dropped; what follows is the same in both so far.
    private int pending;

    private boolean changed;

    Rewriter(byte[] in, int offset, int length) {
        this.in = in;
        this.start = offset;
        this.end = offset + length;
        this.pending = offset;
    }

    /// The byte there, as a signed one; a value that no byte has where the text is over.
    int peek(int at) {
        return at < end ? in[at] : END;
    }

    MalformedJsonException fault(int at, String problem) {
        return at >= end
                ? new MalformedJsonException(end - start, "the text ends here; " + problem)
                : new MalformedJsonException(at - start, problem);
    }

    /// Leaves out a part of the text.
    void drop(int from, int to) {
        flush(from);
        pending = to;
        changed = true;
    }

    /// Puts the first bytes of another text in place of a part.
    void replace(int from, int to, byte[] by, int size) {
        flush(from);
        pending = to;
        changed = true;
        append(by, 0, size);
    }

    /// Where a position of the text is in the result. It must not be before the last replacement.
    int place(int at) {
        return length + at - pending;
    }

    /// Whether everything from there on is the same in both so far, so that it can be read from the
    /// text.
    boolean same(int from) {
        return pending <= from;
    }

    /// The result as it is up to a position of the text. Valid until the next call of anything.
    byte[] result(int at) {
        flush(at);
        return out;
    }

    /// Puts another text in place of the result's end.
    ///
    /// @param at up to where the text has been read
    void replaceTail(int place, int at, byte[] by, int size) {
        flush(at);
        length = place;
        changed = true;
        append(by, 0, size);
    }

    boolean changed() {
        return changed;
    }

    Payload finish() {
        if (changed) {
            return Payload.of(Arrays.copyOf(result(end), length));
        }
        return Payload.of(in, start, end - start);
    }

    private void flush(int to) {
        append(in, pending, to - pending);
        pending = to;
    }

    private void append(byte[] from, int offset, int size) {
        if (length + size > out.length) {
            out = Arrays.copyOf(out, Math.max(length + size, Math.max(end - start, 2 * length)));
        }
        System.arraycopy(from, offset, out, length, size);
        length += size;
    }
}
