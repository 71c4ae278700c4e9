package com.avoma.webhooks.benchmark.product;

import java.io.IOException;

/// The baseline of a start: a JVM that prints a line, and waits until its standard input ends.
final class BareProgram {
    static final String READY = "bare program ready";

    private BareProgram() {}

    public static void main(String[] words) throws IOException {
        System.out.println(READY);
        while (System.in.read() >= 0) {
            // nothing is asked of it
        }
    }
}
