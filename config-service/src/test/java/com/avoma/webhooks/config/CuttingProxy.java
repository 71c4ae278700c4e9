package com.avoma.webhooks.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/// A way to PostgreSQL that breaks at the commit of a transaction, when it is told to.
final class CuttingProxy implements AutoCloseable {
    /// Where the way breaks, once.
    enum Cut {
        /// The server does not get the commit.
        BEFORE_COMMIT,
        /// The server commits, and nobody hears of it.
        AFTER_COMMIT,
        /// As [#AFTER_COMMIT], and nobody gets through any more.
        FOR_GOOD
    }

    private final ServerSocket server;
    private final int target;
    private final AtomicReference<Cut> next = new AtomicReference<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean down;

    private CuttingProxy(ServerSocket server, int target) {
        this.server = server;
        this.target = target;
    }

    static CuttingProxy to(int port) {
        try {
            var proxy =
                    new CuttingProxy(
                            new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
            Thread.ofVirtual().start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /// Breaks at the next commit.
    void cut(Cut where) {
        next.set(where);
    }

    /// Whether it has broken where it was told to.
    boolean hasCut() {
        return next.get() == null;
    }

    void mend() {
        down = false;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                if (down) {
                    client.close();
                    continue;
                }
                var upstream = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.addAll(List.of(client, upstream));
                Thread.ofVirtual().start(() -> pump(client, upstream, true));
                Thread.ofVirtual().start(() -> pump(upstream, client, false));
            } catch (IOException e) {
                // closed, or the database is away: whoever connects finds out
            }
        }
    }

    private void pump(Socket from, Socket to, boolean toServer) {
        try (from;
                to) {
            var buffer = new byte[65_536];
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                var commits =
                        toServer
                                && new String(buffer, 0, read, StandardCharsets.ISO_8859_1)
                                        .contains("COMMIT");
                var cut = commits ? next.getAndSet(null) : null;
                if (cut == null) {
                    to.getOutputStream().write(buffer, 0, read);
                    continue;
                }
                down = cut == Cut.FOR_GOOD;
                if (cut != Cut.BEFORE_COMMIT) {
                    to.getOutputStream().write(buffer, 0, read);
                    to.shutdownOutput();
                }
                from.close();
                if (down) {
                    for (var socket : sockets) {
                        socket.close();
                    }
                }
                return;
            }
        } catch (IOException e) {
            // the other side is gone
        }
    }
}
