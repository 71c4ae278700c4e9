package com.avoma.webhooks.benchmark.parts;

import com.avoma.webhooks.benchmark.process.JavaCommand;
import com.avoma.webhooks.benchmark.process.MeasuredProcess;
import com.avoma.webhooks.benchmark.receiver.ReceiverProcess;
import com.avoma.webhooks.quickstart.identity.TlsFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/// A receiver, see [ReceiverProcess].
///
/// @param tls with the authority that its certificate is of
/// @param ports that it listens on, each an origin of its own
public record Receiver(MeasuredProcess process, TlsFiles tls, List<Integer> ports) {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final String READY = "receiver ready on ";

    public Receiver {
        ports = List.copyOf(ports);
    }

    public static Receiver start(OpenParts parts, int ports)
            throws IOException, InterruptedException {
        var directory = Files.createDirectories(parts.directory().resolve("tls"));
        var tls = TlsFiles.in(directory, Clock.systemUTC());
        var command =
                JavaCommand.of(
                        ReceiverProcess.class,
                        List.of("-Xmx256m", "-XX:+UseSerialGC"),
                        List.of(
                                Integer.toString(ports),
                                tls.certificate().toString(),
                                tls.key().toString()));
        var process = parts.start("receiver", command, READY);
        return new Receiver(process, tls, ports(process.printed()));
    }

    /// Tells it something.
    public String tell(String line) throws InterruptedException {
        return process.ask(line, ANSWER);
    }

    /// How many requests it has had.
    public long requests() throws InterruptedException {
        return Long.parseLong(tell("requests"));
    }

    /// How late they were that it answered since it was last asked, in microseconds.
    public Histogram lateness() throws InterruptedException {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(tell("lateness"))), 0);
        } catch (DataFormatException e) {
            throw new IllegalStateException("not a histogram", e);
        }
    }

    private static List<Integer> ports(String printed) {
        var line = printed.lines().filter(one -> one.startsWith(READY)).findFirst();
        List<Integer> ports = new ArrayList<>();
        for (var port : line.orElseThrow().substring(READY.length()).split(",", -1)) {
            ports.add(Integer.valueOf(port));
        }
        return ports;
    }
}
