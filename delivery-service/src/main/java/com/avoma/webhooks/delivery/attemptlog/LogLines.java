package com.avoma.webhooks.delivery.attemptlog;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/// Gathers what is logged to standard output for up to a tenth of a second: writing each line by
/// itself took a twentieth of the service's CPU time. What a process that is killed had logged in
/// its last moment is lost; the attempts themselves are on Kafka.
public final class LogLines implements AutoCloseable {
    private static final Duration LATEST = Duration.ofMillis(100);

    private static final int MOST = 64 * 1024;

    private final List<ConsoleAppender<ILoggingEvent>> gathering = new ArrayList<>();
    // the JVM's own stream passes each line on at once
    private final OutputStream lines = new BufferedOutputStream(System.out, MOST);
    private final Thread flushing =
            Thread.ofPlatform().name("log-output").daemon().unstarted(this::flushNowAndThen);
    private volatile boolean running;

    /// Begins to gather.
    public void gather() {
        running = true;
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            for (var logger : context.getLoggerList()) {
                logger.iteratorForAppenders()
                        .forEachRemaining(appender -> {
                            if (appender instanceof ConsoleAppender<ILoggingEvent> console) {
                                console.setOutputStream(lines);
                                console.setImmediateFlush(false);
                                gathering.add(console);
                            }
                        });
            }
        }
        flushing.start();
    }

    private void flushNowAndThen() {
        try {
            while (running) {
                Thread.sleep(LATEST);
                flush();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void flush() {
        try {
            lines.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("a print stream never fails", e);
        }
    }

    /// From here on each line goes out at once again.
    @Override
    public void close() {
        running = false;
        gathering.forEach(console -> console.setImmediateFlush(true));
        gathering.clear();
        flush();
    }
}
