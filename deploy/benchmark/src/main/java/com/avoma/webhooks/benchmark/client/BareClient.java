package com.avoma.webhooks.benchmark.client;

import com.avoma.webhooks.benchmark.load.Body;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/// The baseline: Netty's own HTTP codec on connections that it keeps, each with one request at a
/// time, and nothing else. Its transport, TLS, headers, body and number of requests in flight are
/// those of delivery-service; it reads no topic, signs nothing and keeps no books. `java -cp …
/// BareClient AUTHORITY CONNECTIONS LENGTH PORT,PORT…`; its standard input says `run COUNT`.
public final class BareClient {
    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(
                    Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    private final SslContext tls;

    /// Those that are open, and to which port.
    private final Map<Channel, Integer> channels = new ConcurrentHashMap<>();

    private final Requests requests;

    private BareClient(File authority, int length) throws Exception {
        this.tls =
                SslContextBuilder.forClient()
                        .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
                        .protocols("TLSv1.3", "TLSv1.2")
                        .trustManager(authority)
                        .endpointIdentificationAlgorithm("HTTPS")
                        .build();
        var body = Body.of(System.currentTimeMillis() * 1000, 0, length).bytes();
        this.requests = new Requests(body, this::connect);
    }

    public static void main(String[] words) throws Exception {
        var client = new BareClient(new File(words[0]), Integer.parseInt(words[2]));
        int connections = Integer.parseInt(words[1]);
        var ports = Arrays.stream(words[3].split(",")).map(Integer::valueOf).toList();
        System.out.println("bare client ready");
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (var line = input.readLine(); line != null; line = input.readLine()) {
            int count = Integer.parseInt(line.substring("run ".length()));
            try {
                System.out.println("answer " + client.run(count, connections, ports));
            } catch (ExecutionException | TimeoutException e) {
                e.printStackTrace();
                System.exit(1);
            }
        }
        // standard input has ended: so has the benchmark
        System.exit(0);
    }

    /// Sends that many on the connections that are there, and opens those that are missing.
    ///
    /// @return nanoseconds
    private long run(int count, int connections, List<Integer> ports) throws Exception {
        long begun = System.nanoTime();
        requests.begin(count);
        channels.forEach((channel, port) -> channel.eventLoop().execute(() -> wake(channel, port)));
        for (int i = channels.size() / ports.size(); i < connections; i++) {
            ports.forEach(this::connect);
        }
        requests.await();
        return System.nanoTime() - begun;
    }

    private void wake(Channel channel, int port) {
        var context = channel.pipeline().context(RequestHandler.class);
        if (context == null) {
            // it has ended since
            requests.closed(port);
        } else {
            ((RequestHandler) context.handler()).wake(context);
        }
    }

    private void connect(int port) {
        var connecting =
                new Bootstrap()
                        .group(loops)
                        .channelFactory(
                                Epoll.isAvailable()
                                        ? EpollSocketChannel::new
                                        : NioSocketChannel::new)
                        .option(ChannelOption.TCP_NODELAY, true)
                        .handler(new Connection(port))
                        .connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                requests.failed(done.cause());
            }
        });
    }

    private final class Connection extends ChannelInitializer<Channel> {
        private final int port;

        Connection(int port) {
            this.port = port;
        }

        @Override
        protected void initChannel(Channel channel) {
            var handler = tls.newHandler(channel.alloc(), "localhost", port);
            // as in delivery-service; a busy machine is no failure
            handler.setHandshakeTimeoutMillis(0);
            channel.pipeline()
                    .addLast(handler)
                    .addLast(new HttpClientCodec())
                    .addLast(new RequestHandler(requests, port));
            channels.put(channel, port);
            channel.closeFuture().addListener(_ -> channels.remove(channel));
        }
    }
}
