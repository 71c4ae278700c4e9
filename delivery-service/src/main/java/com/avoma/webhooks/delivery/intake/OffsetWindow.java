package com.avoma.webhooks.delivery.intake;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.BitSet;

/// What of a partition is done, where records are done in any order. The offset that may be
/// committed is the first one that is not done; what is done past it goes into the commit's
/// metadata, so that a restart or another instance does not do it again.
///
/// Offsets have gaps (transaction markers, compaction): only those that were received count. Not
/// thread-safe.
final class OffsetWindow {
    /// Kafka takes 4,096 characters of metadata. What does not fit is done twice after a crash.
    private static final int MOST_METADATA_BYTES = 3 * 1024;

    /// More than this and it will soon not fit.
    private static final int CROWDED_BYTES = 1024;

    private static final int LONGEST_RUN = 5;
    private static final String RUNS = "runs:";

    private static final int COMPACT_AFTER = 1024;

    private final BitSet doneBefore;
    private final long first;
    private BitSet pending = new BitSet();
    private long base;
    private long end;
    private int metadataBytes;

    /// A window that begins at the committed offset.
    ///
    /// @param metadata of that commit, as [#metadata] made it; anything else counts as empty
    OffsetWindow(long committed, String metadata) {
        this.first = committed;
        this.base = committed;
        this.end = committed;
        this.doneBefore = decode(metadata);
    }

    /// Takes the offset of a record that was read.
    ///
    /// @return false where it was done before the window began, or is in the window already
    boolean receive(long offset) {
        if (offset < end || isDoneBefore(offset)) {
            end = Math.max(end, offset + 1);
            return false;
        }
        pending.set(index(offset));
        end = offset + 1;
        return true;
    }

    /// Everything before the offset was read: there is no record left in the gap.
    void advance(long offset) {
        end = Math.max(end, offset);
    }

    void done(long offset) {
        pending.clear(index(offset));
        int next = pending.nextSetBit(0);
        if (next < 0) {
            pending = new BitSet();
            base = end;
        } else if (next >= COMPACT_AFTER) {
            pending = pending.get(next, pending.length());
            base += next;
        }
    }

    /// The offset to commit: everything before it is done.
    long committable() {
        int next = pending.nextSetBit(0);
        return next < 0 ? end : base + next;
    }

    /// Behind the last offset that was read.
    long end() {
        return end;
    }

    /// How many offsets lie between the first that is not done and the last that was read.
    long span() {
        return end - committable();
    }

    /// What is done at or past [#committable], as text for the commit: the lengths of the runs that
    /// are open and done, in turns. Few are open, wherever they are, so that nearly always all of
    /// it fits. What was done before the window began and was not come to yet is in it too.
    String metadata() {
        var runs = new ByteArrayOutputStream(64);
        int at = index(committable());
        int done = nextDone(at);
        while (done >= 0 && runs.size() <= MOST_METADATA_BYTES - 2 * LONGEST_RUN) {
            int open = nextOpen(done);
            write(done - at, runs);
            write(open - done, runs);
            at = open;
            done = nextDone(at);
        }
        metadataBytes = runs.size();
        return runs.size() == 0
                ? ""
                : RUNS + Base64.getEncoder().withoutPadding().encodeToString(runs.toByteArray());
    }

    /// Negative where there is none.
    private int nextDone(int from) {
        int read = index(end);
        int at = Math.min(read, pending.nextClearBit(from));
        if (at < read) {
            return at;
        }
        int before = doneBefore.nextSetBit(sinceFirst(Math.max(from, read)));
        return before < 0 ? -1 : index(first + before);
    }

    private int nextOpen(int from) {
        int read = index(end);
        int open = from < read ? pending.nextSetBit(from) : -1;
        return open >= 0
                ? open
                : index(first + doneBefore.nextClearBit(sinceFirst(Math.max(from, read))));
    }

    private int sinceFirst(int index) {
        return Math.toIntExact(base + index - first);
    }

    /// Whether so much was done out of order, as of the last [#metadata], that it should not become
    /// more.
    boolean isCrowded() {
        return metadataBytes > CROWDED_BYTES;
    }

    private boolean isDoneBefore(long offset) {
        long relative = offset - first;
        return relative >= 0 && relative < doneBefore.length() && doneBefore.get((int) relative);
    }

    private int index(long offset) {
        return Math.toIntExact(offset - base);
    }

    private static void write(int length, ByteArrayOutputStream to) {
        int rest = length;
        while (rest >= 0x80) {
            to.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        to.write(rest);
    }

    private static BitSet decode(String metadata) {
        try {
            return metadata.startsWith(RUNS)
                    ? runs(Base64.getDecoder().decode(metadata.substring(RUNS.length())))
                    // as earlier versions wrote it
                    : BitSet.valueOf(Base64.getDecoder().decode(metadata));
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            return new BitSet();
        }
    }

    private static BitSet runs(byte[] bytes) {
        var done = new BitSet();
        int at = 0;
        boolean isDone = false;
        for (int i = 0; i < bytes.length; i++) {
            int length = 0;
            int shift = 0;
            for (; bytes[i] < 0; i++, shift += 7) {
                length |= (bytes[i] & 0x7f) << shift;
            }
            length |= bytes[i] << shift;
            if (isDone) {
                done.set(at, at + length);
            }
            at += length;
            isDone = !isDone;
        }
        return done;
    }
}
