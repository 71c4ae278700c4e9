package com.avoma.webhooks.benchmark;

import java.util.Arrays;
import java.util.Locale;

/// What can be measured. The letters are those of `docs/performance.md`.
enum Scenario {
    A("drain of delivery-jobs over TLS, connections kept, beside a bare client"),
    A2("the same with a new TLS connection for each delivery"),
    B("drain of meeting-events by dispatcher-service, beside a bare consume-and-produce loop"),
    C("event to 2xx through the three services, at rates that double until one is not kept"),
    D("lateness of healthy webhooks with and without a fifth of the receivers hanging"),
    E("memory of delivery-service at a large backlog, 256 MiB and 128 MiB of heap"),
    F("start-up: time until ready and memory of each service, with an AOT cache and without"),
    G("growth: what 1 to 10,000 webhooks, a fan-out of 1 to 100, partitions and instances cost");

    private final String title;

    Scenario(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    String letter() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// @throws IllegalArgumentException where there is no such scenario
    static Scenario of(String letter) {
        return Arrays.stream(values())
                .filter(one -> one.letter().equals(letter))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "--scenario: " + letter + " (expected: " + letters() + ")"));
    }

    /// `a, a2, b or d`
    private static String letters() {
        var all = Arrays.stream(values()).map(Scenario::letter).toList();
        return String.join(", ", all.subList(0, all.size() - 1)) + " or " + all.getLast();
    }
}
