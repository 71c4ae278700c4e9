package com.avoma.webhooks.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// TCP ports of 127.0.0.1, the only address that the embedded parts listen on.
public final class LoopbackPort {
    static final String HOST = "127.0.0.1";

    /// Below those that Linux (32768 and up) and macOS (49152 and up) give to outgoing connections,
    /// any of which could else have the port by the time that somebody listens on it.
    private static final int FIRST = 10_000;

    private static final int LAST = 32_767;
    private static final int TRIES = 1_000;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private LoopbackPort() {}

    /// A port that nobody listened on a moment ago, and never the same one twice in a process: what
    /// asks for several ports listens on them later.
    ///
    /// @throws StartFailedException if there is none
    public static int free() {
        IOException last = null;
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
            try (ServerSocket _ = bind(port)) {
                if (GIVEN.add(port)) {
                    return port;
                }
            } catch (IOException e) { // somebody listens there, or nobody may
                last = e;
            }
        }
        throw new StartFailedException(
                "no free port on %s: %d of %d to %d were tried, and the last fault was %s"
                        .formatted(HOST, TRIES, FIRST, LAST, last),
                last);
    }

    /// `port` itself, or a free one where it is 0.
    ///
    /// @param part what wants to listen there, named in the error
    /// @throws StartFailedException if somebody listens on `port`
    static int freeOr(int port, String part) {
        if (port == 0) {
            return free();
        }
        if (port < 0 || port > 65_535) {
            throw new StartFailedException(part + " port: " + port + " (expected: 0 to 65535)");
        }
        try (ServerSocket _ = bind(port)) {
            return port;
        } catch (IOException e) {
            throw new StartFailedException(
                    "port " + port + " for " + part + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static ServerSocket bind(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            // a connection in TIME_WAIT from the previous run is no reason to refuse
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(HOST, port));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
