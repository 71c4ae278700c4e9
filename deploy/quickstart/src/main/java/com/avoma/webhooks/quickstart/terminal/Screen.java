package com.avoma.webhooks.quickstart.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// Prints lines that stay, and below them one line that changes. Where the output is no terminal,
/// the changing line is printed every ten seconds instead. Safe for several threads.
public final class Screen {
    private static final Duration PLAIN_STATUS_EVERY = Duration.ofSeconds(10);
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final int WIDTH = 100;

    private final PrintStream out;
    private final boolean terminal;
    private String status = "";
    private long lastPlainStatus = System.nanoTime();

    /// @param terminal whether a line may be rewritten
    public Screen(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /// Prints lines that stay.
    public synchronized void print(String text) {
        clearStatus();
        out.println(text);
        out.flush();
    }

    /// Shows what is going on.
    public synchronized void status(String text) {
        if (terminal) {
            var shown = text.length() > WIDTH ? text.substring(0, WIDTH - 1) + "…" : text;
            if (!shown.equals(status)) {
                out.print(CLEAR_LINE + shown);
                out.flush();
                status = shown;
            }
        } else if (System.nanoTime() - lastPlainStatus >= PLAIN_STATUS_EVERY.toNanos()) {
            lastPlainStatus = System.nanoTime();
            out.println(text);
            out.flush();
        }
    }

    public synchronized void clearStatus() {
        if (!status.isEmpty()) {
            out.print(CLEAR_LINE);
            out.flush();
            status = "";
        }
    }

    /// `7.3 s`.
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }
}
