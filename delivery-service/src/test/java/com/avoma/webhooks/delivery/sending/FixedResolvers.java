package com.avoma.webhooks.delivery.sending;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/// Resolves every name to the same addresses; without any, no name resolves.
final class FixedResolvers extends AddressResolverGroup<InetSocketAddress> {
    private final List<InetAddress> addresses;

    FixedResolvers(String... addresses) {
        this.addresses = Stream.of(addresses).map(InetAddress::ofLiteral).toList();
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new InetSocketAddressResolver(
                executor,
                new InetNameResolver(executor) {
                    @Override
                    protected void doResolve(String name, Promise<InetAddress> promise) {
                        promise.setFailure(new UnknownHostException("not asked for"));
                    }

                    @Override
                    protected void doResolveAll(String name, Promise<List<InetAddress>> promise) {
                        if (addresses.isEmpty()) {
                            promise.setFailure(new UnknownHostException(name));
                        } else {
                            promise.setSuccess(addresses);
                        }
                    }
                });
    }
}
