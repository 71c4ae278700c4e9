package com.avoma.webhooks.common.json;

import java.security.SecureRandom;

/// The keys of all objects of a text, as hashes of 64 bits that begin with their object's. Two keys
/// that are the same have the same hash; the multiplier is of this process's own, so that nobody
/// can prepare keys that meet.
final class KeySet {
    private static final long MULTIPLIER = new SecureRandom().nextLong() | 1;
    private static final int FIRST_SIZE = 256;

    private long[] table = new long[FIRST_SIZE];
    private int count;

    /// Goes on with a hash.
    static long mix(long hash, long word) {
        long mixed = (hash ^ word) * MULTIPLIER;
        return mixed ^ (mixed >>> 32);
    }

    /// Adds a key.
    ///
    /// @return false where it, or another of the same hash, was there already
    boolean add(long hash) {
        if (hash == 0 || !put(hash)) { // 0 is an empty row
            return false;
        }
        count++;
        if (2 * count > table.length) {
            grow();
        }
        return true;
    }

    private boolean put(long hash) {
        int mask = table.length - 1;
        int row = (int) hash & mask;
        while (table[row] != 0) {
            if (table[row] == hash) {
                return false;
            }
            row = (row + 1) & mask;
        }
        table[row] = hash;
        return true;
    }

    private void grow() {
        long[] smaller = table;
        table = new long[2 * smaller.length];
        for (long hash : smaller) {
            if (hash != 0) {
                put(hash);
            }
        }
    }
}
