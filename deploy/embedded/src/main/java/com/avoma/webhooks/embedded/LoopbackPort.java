package com.avoma.webhooks.embedded;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// TCP ports of 127.0.0.1, the only address that the embedded parts listen on.
public final class LoopbackPort {
    static final String HOST = "127.0.0.1";

    private LoopbackPort() {}

    /// A port that nobody listened on a moment ago.
    ///
    /// @throws StartFailedException if there is none
    public static int free() {
        try (ServerSocket socket = bind(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StartFailedException("no free port on " + HOST + ": " + e.getMessage(), e);
        }
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
