package com.avoma.webhooks.delivery.sending.connection;

import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.List;

/// Sockets the way the platform does them best: epoll on Linux, else NIO.
///
/// @param loops one thread a processor, daemons
public record Transport(
        EventLoopGroup loops,
        ChannelFactory<? extends SocketChannel> channels,
        ChannelFactory<? extends DatagramChannel> datagrams) {
    private static final int DNS_QUERY_TIMEOUT_MS = 2_000;

    public static Transport ofPlatform() {
        var threads = new DefaultThreadFactory("sender", true);
        return Epoll.isAvailable()
                ? new Transport(
                        new MultiThreadIoEventLoopGroup(0, threads, EpollIoHandler.newFactory()),
                        EpollSocketChannel::new,
                        EpollDatagramChannel::new)
                : new Transport(
                        new MultiThreadIoEventLoopGroup(0, threads, NioIoHandler.newFactory()),
                        NioSocketChannel::new,
                        NioDatagramChannel::new);
    }

    /// Look-ups that block no thread, by the platform's name servers and hosts file, cached for as
    /// long as the answer says.
    public DnsAddressResolverGroup resolvers() {
        return resolvers(DnsServerAddressStreamProviders.platformDefault());
    }

    /// The same by other name servers.
    public DnsAddressResolverGroup resolvers(DnsServerAddressStreamProvider nameServers) {
        return new DnsAddressResolverGroup(
                new DnsNameResolverBuilder()
                        .datagramChannelFactory(datagrams)
                        .socketChannelFactory(channels)
                        .nameServerProvider(nameServers)
                        // a receiver's name is whole: this host's search domains are not for it
                        .searchDomains(List.of())
                        .ndots(1)
                        .queryTimeoutMillis(DNS_QUERY_TIMEOUT_MS));
    }
}
