package com.avoma.webhooks.delivery.sending.egress;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.egress.AddressPolicy;
import com.avoma.webhooks.common.egress.HostLiteral;
import io.netty.channel.EventLoop;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Guards which addresses are connected to: a name is looked up once, each of its addresses is
/// judged by the [AddressPolicy], and only those that were permitted are handed on; there is no
/// second look-up. Where a name has permitted and refused addresses, the permitted ones are used:
/// the guarantee is about what is connected to.
///
/// Behind a proxy, names are the proxy's to look up and to vet; hosts that are addresses are judged
/// here all the same, and what is handed on are the proxy's own addresses.
public final class AddressGuard {
    private final AddressResolverGroup<InetSocketAddress> resolvers;
    private final AddressPolicy policy;
    private final @Nullable EgressProxy proxy;

    /// What came of it.
    public sealed interface Ruling {
        /// @param addresses to connect to, best first; at least one
        /// @param lookedUp whether the receiver's name was looked up
        record Permitted(List<InetSocketAddress> addresses, boolean lookedUp) implements Ruling {}

        /// @param detail one sentence without a value of the request
        record Refused(Failure failure, String detail) implements Ruling {}
    }

    /// @param proxy null: none
    public AddressGuard(
            AddressResolverGroup<InetSocketAddress> resolvers,
            AddressPolicy policy,
            @Nullable EgressProxy proxy) {
        this.resolvers = resolvers;
        this.policy = policy;
        this.proxy = proxy;
    }

    public @Nullable EgressProxy proxy() {
        return proxy;
    }

    /// Finds the addresses for an origin.
    ///
    /// @param then called once on the event loop, before or after this returns
    public void find(Origin origin, EventLoop loop, Consumer<Ruling> then) {
        switch (HostLiteral.of(origin.host())) {
            case HostLiteral.Refused(var rule) ->
                    then.accept(
                            new Ruling.Refused(
                                    Failure.BLOCKED_ADDRESS,
                                    "The target's host is refused: " + rule));
            case HostLiteral.Address(var address) -> {
                var ruling = vet(List.of(new InetSocketAddress(address, origin.port())), false);
                if (ruling instanceof Ruling.Permitted && proxy != null) {
                    findProxy(proxy, loop, then);
                } else {
                    then.accept(ruling);
                }
            }
            case HostLiteral.Name(var name) -> {
                if (proxy == null) {
                    lookUp(name, origin.port(), loop, found -> then.accept(vetted(found)));
                } else {
                    findProxy(proxy, loop, then);
                }
            }
        }
    }

    private Ruling vetted(Future<List<InetSocketAddress>> found) {
        return found.isSuccess()
                ? vet(found.getNow(), true)
                : new Ruling.Refused(Failure.DNS, "The target's host name could not be resolved");
    }

    private Ruling vet(List<InetSocketAddress> candidates, boolean lookedUp) {
        List<InetSocketAddress> permitted = new ArrayList<>();
        var refusal = "no address";
        for (var candidate : candidates) {
            InetAddress address = candidate.getAddress();
            switch (policy.judge(address)) {
                case AddressPolicy.Ruling.Permitted _ -> permitted.add(candidate);
                case AddressPolicy.Ruling.Refused(var rule) ->
                        refusal = address.getHostAddress() + " is refused: " + rule;
            }
        }
        return permitted.isEmpty()
                ? new Ruling.Refused(
                        Failure.BLOCKED_ADDRESS,
                        "The target's address is not permitted: " + refusal)
                : new Ruling.Permitted(permitted, lookedUp);
    }

    private void findProxy(EgressProxy proxy, EventLoop loop, Consumer<Ruling> then) {
        lookUp(
                proxy.host(),
                proxy.port(),
                loop,
                found ->
                        then.accept(
                                found.isSuccess()
                                        ? new Ruling.Permitted(found.getNow(), false)
                                        : new Ruling.Refused(
                                                Failure.CONNECT,
                                                "The egress proxy's name could not be resolved")));
    }

    private void lookUp(
            String name, int port, EventLoop loop, Consumer<Future<List<InetSocketAddress>>> then) {
        resolvers
                .getResolver(loop)
                .resolveAll(InetSocketAddress.createUnresolved(name, port))
                .addListener((Future<List<InetSocketAddress>> found) ->
                        loop.execute(() -> then.accept(found)));
    }
}
