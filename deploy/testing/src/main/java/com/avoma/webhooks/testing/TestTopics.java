package com.avoma.webhooks.testing;

import java.util.concurrent.atomic.AtomicInteger;

/// Names that no other test of this JVM uses, so that tests share a broker and nothing else.
public final class TestTopics {
    private static final AtomicInteger next = new AtomicInteger(1_000);

    private TestTopics() {}

    /// A prefix for `webhooks.topics.prefix`, like `t1234-`, another one with each call: take one
    /// per test class.
    public static String prefix() {
        return "t" + next.incrementAndGet() + "-";
    }
}
