package com.avoma.webhooks.quickstart.terminal;

import java.lang.reflect.Proxy;
import java.util.Map;

/// Ctrl-C and its kin: the first interrupts the thread that works, so that it stops everything in
/// order; a second one means hurry.
///
/// A shutdown hook would not do: it cannot tell a second Ctrl-C. `sun.misc.Signal` is what the JDK
/// has for this; it is called by reflection since javac warns of every mention of it.
public final class Interrupts {
    /// By their numbers, which POSIX fixes for these three.
    private static final Map<String, Integer> SIGNALS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

    private final Thread worker;
    private volatile int first;
    private volatile boolean hurry;

    private Interrupts(Thread worker) {
        this.worker = worker;
    }

    /// From now on the signals interrupt the current thread.
    public static Interrupts ofThisThread() {
        var interrupts = new Interrupts(Thread.currentThread());
        SIGNALS.forEach((name, number) -> handle(name, () -> interrupts.arrived(number)));
        return interrupts;
    }

    /// Whether everything is to be killed now.
    public boolean hurry() {
        return hurry;
    }

    /// What a shell expects of a process that a signal ended: 128 and its number.
    public int exitStatus() {
        return 128 + first;
    }

    private synchronized void arrived(int signal) {
        if (first == 0) {
            first = signal;
            worker.interrupt();
        } else {
            hurry = true;
        }
    }

    private static void handle(String name, Runnable reaction) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var proxy =
                    Proxy.newProxyInstance(
                            handler.getClassLoader(),
                            new Class<?>[] {handler},
                            (_, _, _) -> {
                                reaction.run();
                                return null;
                            });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM does not tell signals", e);
        }
    }
}
