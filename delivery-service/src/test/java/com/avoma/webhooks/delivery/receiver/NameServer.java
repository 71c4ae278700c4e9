package com.avoma.webhooks.delivery.receiver;

import com.avoma.webhooks.delivery.sending.connection.Transport;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

/// A name server over a real socket that answers each look-up of an IPv4 address by a script, for
/// the moment only. Where the script is played out it says nothing.
public final class NameServer implements AutoCloseable {
    private static final int HEADER = 12;
    private static final int A = 1;
    private static final int SERVER_FAILURE = 2;

    private final DatagramSocket socket =
            new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    private final Deque<byte[]> script = new ArrayDeque<>();
    private final AtomicInteger asked = new AtomicInteger();

    public NameServer() throws IOException {
        Thread.ofPlatform().daemon().start(this::serve);
    }

    public synchronized NameServer says(String address) {
        script.add(InetAddress.ofLiteral(address).getAddress());
        return this;
    }

    /// Answers that it cannot.
    public synchronized NameServer fails() {
        script.add(new byte[0]);
        return this;
    }

    /// How often it was asked for an IPv4 address.
    public int asked() {
        return asked.get();
    }

    /// Resolvers as the service has them, that ask this server.
    public AddressResolverGroup<InetSocketAddress> resolvers() {
        var here = (InetSocketAddress) socket.getLocalSocketAddress();
        return Transport.ofPlatform().resolvers(new SingletonDnsServerAddressStreamProvider(here));
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                var packet = new DatagramPacket(new byte[512], 512);
                socket.receive(packet);
                var answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
                if (answer != null) {
                    socket.send(
                            new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (IOException _) {
                return;
            }
        }
    }

    private byte[] answer(ByteBuffer query) {
        int end = HEADER;
        while (query.get(end) != 0) {
            end += 1 + query.get(end);
        }
        // behind the name its type and class
        end += 5;
        if (query.getShort(end - 4) != A) {
            return answer(query, end, 0, null);
        }
        asked.incrementAndGet();
        var next = next();
        if (next == null) {
            return null;
        }
        return next.length == 0
                ? answer(query, end, SERVER_FAILURE, null)
                : answer(query, end, 0, next);
    }

    private synchronized byte[] next() {
        return script.poll();
    }

    private static byte[] answer(ByteBuffer query, int end, int code, byte[] address) {
        var answer = ByteBuffer.allocate(512);
        answer.putShort(query.getShort(0))
                .putShort((short) (0x8180 | code))
                .putShort((short) 1)
                .putShort((short) (address == null ? 0 : 1))
                .putInt(0)
                .put(query.array(), HEADER, end - HEADER);
        if (address != null) {
            // the name of the question, once more
            answer.putShort((short) 0xc00c)
                    .putShort((short) A)
                    .putShort((short) 1)
                    .putInt(0)
                    .putShort((short) address.length)
                    .put(address);
        }
        var bytes = new byte[answer.position()];
        answer.flip().get(bytes);
        return bytes;
    }

    @Override
    public void close() {
        socket.close();
    }
}
