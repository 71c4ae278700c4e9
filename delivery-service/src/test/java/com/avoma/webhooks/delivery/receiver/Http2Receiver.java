package com.avoma.webhooks.delivery.receiver;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Frame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A receiver that speaks HTTP/2 only, over real TLS sockets, and answers by a script. When the
/// script is played out it answers 200.
public final class Http2Receiver implements AutoCloseable {
    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Deque<Answer> script = new ArrayDeque<>();
    private final LinkedBlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final Channel server;
    private volatile boolean takesNoMore;

    /// A request as it came.
    ///
    /// @param headers `name: value` in their order
    public record Received(List<String> headers, byte[] body) {}

    /// What the receiver does when a request is whole.
    @FunctionalInterface
    public interface Answer {
        void play(ChannelHandlerContext context, Http2FrameStream stream) throws Exception;

        static Answer status(int status, String body) {
            return (context, stream) -> {
                var headers = new DefaultHttp2Headers().status(Integer.toString(status));
                context.write(new DefaultHttp2HeadersFrame(headers, body.isEmpty()).stream(stream));
                if (!body.isEmpty()) {
                    context.write(
                            new DefaultHttp2DataFrame(
                                            ByteBufUtil.writeUtf8(context.alloc(), body), true)
                                    .stream(stream));
                }
                context.flush();
            };
        }

        static Answer reset(Http2Error error) {
            return (context, stream) ->
                    context.writeAndFlush(new DefaultHttp2ResetFrame(error).stream(stream));
        }

        static Answer hang() {
            return (_, _) -> {};
        }
    }

    private Http2Receiver(X509Bundle certificate, int mostStreams) throws Exception {
        var tls = tls(certificate);
        server =
                new ServerBootstrap()
                        .group(group)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(
                                new ChannelInitializer<Channel>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        connections.incrementAndGet();
                                        channel.pipeline()
                                                .addLast(
                                                        tls.newHandler(channel.alloc()),
                                                        Http2FrameCodecBuilder.forServer()
                                                                .encoderIgnoreMaxHeaderListSize(
                                                                        true)
                                                                .initialSettings(
                                                                        Http2Settings
                                                                                .defaultSettings()
                                                                                .maxConcurrentStreams(
                                                                                        mostStreams))
                                                                .build(),
                                                        new Requests());
                                    }
                                })
                        .bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0))
                        .sync()
                        .channel();
    }

    private static SslContext tls(X509Bundle certificate) throws Exception {
        return SslContextBuilder.forServer(certificate.toKeyManagerFactory())
                .applicationProtocolConfig(
                        new ApplicationProtocolConfig(
                                Protocol.ALPN,
                                SelectorFailureBehavior.NO_ADVERTISE,
                                SelectedListenerFailureBehavior.ACCEPT,
                                "h2"))
                .build();
    }

    public static Http2Receiver start(X509Bundle certificate, int mostStreams) throws Exception {
        return new Http2Receiver(certificate, mostStreams);
    }

    public synchronized Http2Receiver answers(Answer... answers) {
        script.addAll(List.of(answers));
        return this;
    }

    private synchronized Answer next() {
        var next = script.poll();
        return next == null ? Answer.status(200, "ok") : next;
    }

    /// Whether it leaves its windows as they are.
    public Http2Receiver takesNoMore(boolean no) {
        takesNoMore = no;
        return this;
    }

    public String url(String host) {
        return "https://"
                + host
                + ":"
                + ((InetSocketAddress) server.localAddress()).getPort()
                + "/hook?a=1";
    }

    public int connections() {
        return connections.get();
    }

    public Received await() throws InterruptedException {
        var next = received.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no request");
        }
        return next;
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private final class Requests extends SimpleChannelInboundHandler<Http2Frame> {
        private final Map<Http2FrameStream, List<String>> heads = new HashMap<>();
        private final Map<Http2FrameStream, ByteArrayOutputStream> bodies = new HashMap<>();

        @Override
        protected void channelRead0(ChannelHandlerContext context, Http2Frame frame)
                throws Exception {
            if (frame instanceof Http2HeadersFrame head) {
                List<String> headers = new ArrayList<>();
                head.headers().forEach(one -> headers.add(one.getKey() + ": " + one.getValue()));
                heads.put(head.stream(), headers);
                bodies.put(head.stream(), new ByteArrayOutputStream());
            } else if (frame instanceof Http2DataFrame data) {
                var body = bodies.get(data.stream());
                data.content()
                        .getBytes(
                                data.content().readerIndex(), body, data.content().readableBytes());
                if (!takesNoMore) {
                    context.write(
                            new DefaultHttp2WindowUpdateFrame(data.initialFlowControlledBytes())
                                    .stream(data.stream()));
                }
                if (data.isEndStream()) {
                    received.add(new Received(heads.remove(data.stream()), body.toByteArray()));
                    bodies.remove(data.stream());
                    next().play(context, data.stream());
                }
            }
        }
    }
}
