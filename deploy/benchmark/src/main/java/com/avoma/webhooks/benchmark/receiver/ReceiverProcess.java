package com.avoma.webhooks.benchmark.receiver;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/// A receiver as a process of its own, which costs little and answers 200 at once: TLS by BoringSSL
/// where the platform has it, HTTP/1.1, on as many ports of loopback as it is told. `java -cp …
/// ReceiverProcess PORTS CERTIFICATE KEY`, both PEM.
///
/// It listens to its standard input: `hang 0,1` (the ports that do not answer, by number; `hang`:
/// none), `close on|off`, `requests`, `lateness`.
public final class ReceiverProcess {
    private static final int BACKLOG = 1024;

    private final Answering answering = new Answering();

    private ReceiverProcess() {}

    public static void main(String[] words) throws Exception {
        var receiver = new ReceiverProcess();
        int ports = Integer.parseInt(words[0]);
        var tls =
                SslContextBuilder.forServer(new File(words[1]), new File(words[2]))
                        .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                        .protocols("TLSv1.3", "TLSv1.2")
                        .build();
        var bound = receiver.listen(ports, tls);
        System.out.println(
                "receiver ready on "
                        + bound.stream().map(Object::toString).collect(Collectors.joining(",")));
        receiver.obey();
        // standard input has ended: so has the benchmark
        System.exit(0);
    }

    private List<Integer> listen(int ports, SslContext tls) throws InterruptedException {
        EventLoopGroup loops =
                new MultiThreadIoEventLoopGroup(
                        Epoll.isAvailable()
                                ? EpollIoHandler.newFactory()
                                : NioIoHandler.newFactory());
        List<Integer> bound = new ArrayList<>();
        for (int i = 0; i < ports; i++) {
            var channel =
                    new ServerBootstrap()
                            .group(loops)
                            .channelFactory(
                                    Epoll.isAvailable()
                                            ? EpollServerSocketChannel::new
                                            : NioServerSocketChannel::new)
                            .option(io.netty.channel.ChannelOption.SO_BACKLOG, BACKLOG)
                            .childHandler(new Connection(tls, i))
                            .bind(InetAddress.getLoopbackAddress(), 0)
                            .sync()
                            .channel();
            bound.add(((InetSocketAddress) channel.localAddress()).getPort());
        }
        return bound;
    }

    private void obey() throws IOException {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (var line = input.readLine(); line != null; line = input.readLine()) {
            var words = line.split(" ", 2);
            var rest = words.length > 1 ? words[1] : "";
            System.out.println("answer " + obey(words[0], rest));
        }
    }

    private String obey(String command, String rest) {
        switch (command) {
            case "hang" ->
                    answering.hang(
                            Arrays.stream(rest.split(","))
                                    .filter(number -> !number.isEmpty())
                                    .map(Integer::valueOf)
                                    .collect(Collectors.toSet()));
            case "close" -> answering.closeEach(rest.equals("on"));
            case "requests" -> {
                return Long.toString(answering.requests());
            }
            case "lateness" -> {
                return encoded(answering.lateness());
            }
            default -> throw new IllegalArgumentException("command: " + command);
        }
        return "done";
    }

    private static String encoded(Histogram histogram) {
        var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    private final class Connection extends ChannelInitializer<Channel> {
        private final SslContext tls;
        private final int port;

        Connection(SslContext tls, int port) {
            this.tls = tls;
            this.port = port;
        }

        @Override
        protected void initChannel(Channel channel) {
            var handler = tls.newHandler(channel.alloc());
            // a busy machine is no failure
            handler.setHandshakeTimeoutMillis(0);
            channel.pipeline()
                    .addLast(handler)
                    .addLast(new HttpServerCodec())
                    .addLast(new AnsweringHandler(answering, port));
        }
    }
}
