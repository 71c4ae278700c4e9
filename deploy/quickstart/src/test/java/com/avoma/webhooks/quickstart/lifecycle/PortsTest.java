package com.avoma.webhooks.quickstart.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void knowsATakenPortFromAFreeOne() throws IOException {
        int port;
        try (var server = listening("127.0.0.1")) {
            port = server.getLocalPort();
            assertThat(Ports.isFree(port)).isFalse();
        }
        assertThat(Ports.isFree(port)).isTrue();
    }

    @Test
    void takesAServerOnAllAddressesForTaken() throws IOException {
        try (var server = listening("0.0.0.0")) {
            assertThat(Ports.isFree(server.getLocalPort())).isFalse();
        }
    }

    @Test
    void doesNotMindTheConnectionsOfAnEarlierRun() throws IOException {
        int port;
        try (var server = listening("127.0.0.1")) {
            port = server.getLocalPort();
            try (var client = new Socket(InetAddress.getByName("127.0.0.1"), port);
                    var accepted = server.accept()) {
                accepted.close(); // the server's side goes to TIME_WAIT
                assertThat(client.getInputStream().read()).isEqualTo(-1);
            }
        }
        assertThat(Ports.isFree(port)).isTrue();
    }

    private static ServerSocket listening(String address) throws IOException {
        var server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
        return server;
    }
}
