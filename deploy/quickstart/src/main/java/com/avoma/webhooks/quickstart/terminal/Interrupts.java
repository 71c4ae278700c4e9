package com.avoma.webhooks.quickstart.terminal;

import java.util.List;
import sun.misc.Signal;

/// Ctrl-C and its kin: the first interrupts the thread that works, so that it stops everything in
/// order; a second one means hurry.
///
/// A shutdown hook would not do: it cannot tell a second Ctrl-C.
public final class Interrupts {
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    private final Thread worker;
    private volatile int first;
    private volatile boolean hurry;

    private Interrupts(Thread worker) {
        this.worker = worker;
    }

    /// From now on the signals interrupt the current thread.
    @SuppressWarnings("sunapi") // the JDK has no other way to see a signal
    public static Interrupts ofThisThread() {
        var interrupts = new Interrupts(Thread.currentThread());
        for (var name : SIGNALS) {
            Signal.handle(new Signal(name), signal -> interrupts.arrived(signal.getNumber()));
        }
        return interrupts;
    }

    private synchronized void arrived(int signal) {
        if (first == 0) {
            first = signal;
            worker.interrupt();
        } else {
            hurry = true;
        }
    }

    /// Whether everything is to be killed now.
    public boolean hurry() {
        return hurry;
    }

    /// What a shell expects of a process that a signal ended: 128 and its number.
    public int exitStatus() {
        return 128 + first;
    }
}
