package com.avoma.webhooks.benchmark.dispatch;

import java.util.UUID;

/// Uuids that are the same in each run and as random as a product's: `UUID.hashCode` is the
/// exclusive or of their quarters, so that small numbers in them collide by the dozen.
final class Uuids {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Uuids() {}

    static UUID of(int kind, int number, int part) {
        long seed = ((long) kind << 56) ^ ((long) number << 20) ^ part;
        return new UUID(mixed(seed + GOLDEN), mixed(mixed(seed + GOLDEN) + GOLDEN));
    }

    /// The finaliser of SplittableRandom.
    private static long mixed(long seed) {
        long z = (seed ^ (seed >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
