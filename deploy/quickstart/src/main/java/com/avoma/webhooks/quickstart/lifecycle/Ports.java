package com.avoma.webhooks.quickstart.lifecycle;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/// Whether a port of the loopback interface is free.
public final class Ports {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private Ports() {}

    /// Whether something could listen there and nothing answers, in IPv4 and IPv6: a server that
    /// listens on all addresses does not keep others from a single one on every system.
    public static boolean isFree(int port) {
        return canListen(port)
                && List.of("127.0.0.1", "::1").stream().noneMatch(host -> answers(host, port));
    }

    private static boolean canListen(int port) {
        try (var socket = new ServerSocket()) {
            // as the servers do: connections of an earlier run in TIME_WAIT do not matter
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(literal("127.0.0.1"), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean answers(String host, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(literal(host), port), (int) PATIENCE.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static InetAddress literal(String address) throws UnknownHostException {
        return InetAddress.getByName(address);
    }
}
