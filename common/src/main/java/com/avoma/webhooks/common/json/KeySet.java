package com.avoma.webhooks.common.json;

import java.security.SecureRandom;
import java.util.Arrays;

/// The keys of the objects of a text that are open, the innermost object's last, as hashes of 64
/// bits. Two keys that are the same have the same hash; the multiplier is of this process's own, so
/// that nobody can prepare keys that meet.
///
/// An object's keys are gone through for each key that it gets, which for the few that most have
/// costs less than a table; of many there is no answer.
final class KeySet {
    /// Keys of one object.
    static final int MOST = 64;

    private static final long MULTIPLIER = new SecureRandom().nextLong() | 1;

    private long[] hashes = new long[MOST / 2];
    private int count;

    /// Goes on with a hash.
    static long mix(long hash, long word) {
        long mixed = (hash ^ word) * MULTIPLIER;
        return mixed ^ (mixed >>> 32);
    }

    /// How many keys there are: where those of an object that begins now will be.
    int size() {
        return count;
    }

    /// An object has ended.
    ///
    /// @param object what [#size] was when it began
    void drop(int object) {
        count = object;
    }

    /// Adds a key to the innermost object.
    ///
    /// @param object what [#size] was when it began
    /// @return false where the key, or another of the same hash, was there already, and where there
    ///   are too many to tell
    boolean add(int object, long hash) {
        if (count - object == MOST) {
            return false;
        }
        for (int i = object; i < count; i++) {
            if (hashes[i] == hash) {
                return false;
            }
        }
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * count);
        }
        hashes[count++] = hash;
        return true;
    }
}
