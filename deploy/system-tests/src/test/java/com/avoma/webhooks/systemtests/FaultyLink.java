package com.avoma.webhooks.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// A TCP link on loopback that can be made slow, silent or broken while it is used: what it accepts
/// it passes on to another port.
///
/// Loss is what TCP makes of it: silence, and then the same bytes late.
final class FaultyLink implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(20);

    private final ServerSocket server;
    private final InetSocketAddress target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean silent;
    private volatile boolean refusing;

    private FaultyLink(ServerSocket server, int port) {
        this.server = server;
        this.target = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /// @param port where it leads to
    static FaultyLink to(int port) {
        try {
            var server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
            var link = new FaultyLink(server, port);
            Thread.ofVirtual().start(link::accept);
            return link;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /// Every piece is passed on so much later, in each direction.
    void delay(Duration delay) {
        this.delay = delay;
    }

    /// Nothing gets through, and nobody is told. What was sent meanwhile comes when it is over.
    void silent(boolean silent) {
        this.silent = silent;
    }

    /// Every connection is reset, and those that are made meanwhile too.
    void refusing(boolean refusing) {
        this.refusing = refusing;
        if (refusing) {
            reset();
        }
    }

    /// Resets what is connected, once.
    void reset() {
        open.forEach(FaultyLink::reset);
    }

    private static void reset(Socket socket) {
        try (socket) {
            // closed so, it sends RST
            socket.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException _) {
            // closed already
        }
    }

    private void accept() {
        try {
            while (true) {
                var client = server.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> connect(client));
            }
        } catch (IOException _) {
            // the link is closed
        }
    }

    private void connect(Socket client) {
        if (refusing) {
            drop(client);
            return;
        }
        try {
            var upstream = new Socket();
            open.add(upstream);
            upstream.connect(target);
            Thread.ofVirtual().start(() -> pass(upstream, client));
            pass(client, upstream);
        } catch (IOException _) {
            drop(client);
        }
    }

    private void drop(Socket socket) {
        open.remove(socket);
        reset(socket);
    }

    private void pass(Socket from, Socket to) {
        var buffer = new byte[16_384];
        try (from;
                to) {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                var late = delay;
                if (!late.isZero()) {
                    LockSupport.parkNanos(late.toNanos());
                }
                while (silent) {
                    LockSupport.parkNanos(LOOK.toNanos());
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException _) {
            // one of them is gone: so is the other one
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    @Override
    public void close() {
        silent = false;
        try (server) {
            reset();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
