package com.avoma.webhooks.systemtests;

import java.util.Random;

/// Where chance comes from: a seed that is printed, and given again with `-Dsystem.seed=…` to see
/// the same run once more.
final class Seeds {
    private Seeds() {}

    static Random random(Class<?> test) {
        long seed = Long.getLong("system.seed", System.nanoTime() & 0xffff_ffffL);
        System.out.printf("%s: -Dsystem.seed=%d%n", test.getSimpleName(), seed);
        return new Random(seed);
    }
}
