package com.avoma.webhooks.delivery.receiver;

import io.netty.pkitesting.X509Bundle;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/// A receiver over real TLS sockets that answers by a script and keeps what it got, byte for byte.
/// When the script is played out it answers 200, or as [#otherwise] says.
public final class Receiver implements AutoCloseable {
    private final SSLServerSocket server;
    private final boolean readsBodies;
    private final Deque<Answer> script = new ArrayDeque<>();
    private final LinkedBlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final Set<SSLSocket> sockets = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Answer otherwise = Answer.status(200);

    /// A request as it came.
    ///
    /// @param head request line and headers, with their line ends
    public record Received(String head, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /// The value of a header, or an empty text.
        public String header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
                    .map(line -> line.substring(name.length() + 2))
                    .findFirst()
                    .orElse("");
        }
    }

    /// What the receiver does after it has read a request.
    @FunctionalInterface
    public interface Answer {
        /// @return whether the connection goes on
        boolean play(SSLSocket socket, OutputStream out) throws IOException;

        static Answer raw(String bytes, boolean goesOn) {
            return (_, out) -> {
                out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                return goesOn;
            };
        }

        static Answer status(int status, String... headers) {
            var more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
            return raw(
                    "HTTP/1.1 " + status + " S\r\n" + more + "Content-Length: 2\r\n\r\nok", true);
        }

        /// Reads on and says nothing, until the other side closes.
        static Answer hang() {
            return (socket, _) -> {
                while (socket.getInputStream().read() >= 0) {
                    // nothing
                }
                return false;
            };
        }

        /// Answers 200 after the time.
        static Answer after(Duration time) {
            return (socket, out) -> {
                try {
                    Thread.sleep(time);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return status(200).play(socket, out);
            };
        }

        /// Reads nothing, and ends when the receiver is closed.
        static Answer untilClosed() {
            return (socket, _) -> {
                while (!socket.isClosed()) {
                    java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
                }
                return false;
            };
        }

        /// Breaks the connection without a TLS goodbye.
        static Answer reset() {
            return (socket, _) -> {
                socket.setSoLinger(true, 0);
                return false;
            };
        }
    }

    private Receiver(SSLServerSocket server, boolean readsBodies) {
        this.server = server;
        this.readsBodies = readsBodies;
    }

    /// A receiver that answers when it has read the head of a request, and reads no body.
    public static Receiver ofHeads(X509Bundle certificate) throws Exception {
        return start(certificate, "127.0.0.1", false);
    }

    public static Receiver start(X509Bundle certificate) throws Exception {
        return start(certificate, "127.0.0.1", true);
    }

    /// A receiver on `::1` alone.
    public static Receiver overIpv6(X509Bundle certificate) throws Exception {
        return start(certificate, "::1", true);
    }

    /// A receiver that asks for a client certificate.
    public static Receiver start(X509Bundle certificate, TrustManager... clients) throws Exception {
        return start(certificate, "127.0.0.1", true, clients);
    }

    private static Receiver start(
            X509Bundle certificate, String address, boolean readsBodies, TrustManager... clients)
            throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(
                certificate.toKeyManagerFactory().getKeyManagers(),
                clients.length == 0 ? null : clients,
                null);
        var server =
                (SSLServerSocket)
                        context.getServerSocketFactory()
                                .createServerSocket(0, 50, InetAddress.ofLiteral(address));
        server.setNeedClientAuth(clients.length > 0);
        var receiver = new Receiver(server, readsBodies);
        Thread.ofVirtual().start(receiver::accept);
        return receiver;
    }

    public synchronized Receiver answers(Answer... answers) {
        script.addAll(java.util.List.of(answers));
        return this;
    }

    /// How it answers when the script is played out.
    public Receiver otherwise(Answer answer) {
        otherwise = answer;
        return this;
    }

    public int port() {
        return server.getLocalPort();
    }

    public String url(String host) {
        return "https://" + host + ":" + port() + "/hook?a=1";
    }

    public int connections() {
        return connections.get();
    }

    public int pending() {
        return received.size();
    }

    /// The next request, waiting for it.
    public Received await(Duration time) throws InterruptedException {
        var next = received.poll(time.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new AssertionError("no request within " + time);
        }
        return next;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = (SSLSocket) server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(SSLSocket socket) {
        try (socket) {
            socket.startHandshake();
            connections.incrementAndGet();
            var in = new BufferedInputStream(socket.getInputStream());
            while (true) {
                var request = read(in);
                if (request == null) {
                    return;
                }
                received.add(request);
                if (!next().play(socket, socket.getOutputStream())) {
                    return;
                }
            }
        } catch (IOException _) {
            // the other side went away
        } finally {
            sockets.remove(socket);
        }
    }

    private synchronized Answer next() {
        var next = script.poll();
        return next == null ? otherwise : next;
    }

    private Received read(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
        }
        var request = new Received(head.toString(), new byte[0]);
        if (!readsBodies) {
            return request;
        }
        int length = Integer.parseInt(request.header("content-length".toLowerCase(Locale.ROOT)));
        return new Received(head.toString(), in.readNBytes(length));
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : sockets) {
            socket.close();
        }
    }
}
