package com.avoma.webhooks.delivery.receiver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;

/// A CONNECT proxy that keeps what it was asked for, answers with one status, and leads every
/// tunnel to a port of this machine.
public final class ConnectProxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final int status;
    private final int leadsTo;

    /// @param status 0: none at all
    public ConnectProxy(int status, int leadsTo) throws IOException {
        this.status = status;
        this.leadsTo = leadsTo;
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /// The heads of the requests.
    public LinkedBlockingQueue<String> asked() {
        return asked;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            var head = new StringBuilder();
            while (!head.toString().endsWith("\r\n\r\n")) {
                int next = client.getInputStream().read();
                if (next < 0) {
                    return;
                }
                head.append((char) next);
            }
            asked.add(head.toString());
            if (status == 0) {
                client.getInputStream().readAllBytes();
                return;
            }
            client.getOutputStream()
                    .write(
                            ("HTTP/1.1 " + status + " S\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            if (status == 200) {
                tunnel(client);
            }
        } catch (IOException _) {
            // one of the two went away
        }
    }

    private void tunnel(Socket client) throws IOException {
        try (var receiver = new Socket(InetAddress.getByName("127.0.0.1"), leadsTo)) {
            var back = Thread.ofVirtual().start(() -> copy(receiver, client));
            copy(client, receiver);
            receiver.shutdownOutput();
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException _) {
            // one of the two went away
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
