package com.avoma.webhooks.delivery.sending;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.attempt.AttemptRecord.Timings;
import com.avoma.webhooks.delivery.sending.connection.ConnectionPool;
import com.avoma.webhooks.delivery.sending.connection.Connector;
import com.avoma.webhooks.delivery.sending.connection.Route;
import com.avoma.webhooks.delivery.sending.egress.Target;
import com.avoma.webhooks.delivery.sending.tls.ClientIdentity;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Posts requests to receivers over TLS, by HTTP/2 where the receiver speaks it and HTTP/1.1
/// elsewhere, on connections that are kept. Redirects are not followed, no proxy of the environment
/// is used, no cookie is kept. What came of it is an [Outcome]; no failure of a receiver is an
/// exception.
///
/// Each request has one deadline for everything: look-up, connect, handshake, headers and body. All
/// requests of one route are made on one event loop.
public final class HttpSender implements AutoCloseable {
    private static final Duration SWEEP = Duration.ofSeconds(5);
    private static final int MOST_IDLE = 1024;
    private static final int MOST_PER_ROUTE = 256;
    private static final int MOST_TARGETS = 10_000;

    private final EventLoopGroup group;
    private final List<SendingLoop> loops = new ArrayList<>();
    private final Map<String, Target> targets = new ConcurrentHashMap<>();
    private final Limits limits;
    private final InstantSource clock;
    private final String userAgent;

    /// What bounds an attempt.
    ///
    /// @param attempt the deadline
    /// @param excerpt how many bytes of the answer's body are kept
    public record Limits(Duration attempt, int excerpt) {}

    /// The `User-Agent` of requests that bring none of their own: product and version.
    public String userAgent() {
        return userAgent;
    }

    /// @param group owned by the sender from here on
    public HttpSender(
            EventLoopGroup group,
            Connector connector,
            Limits limits,
            InstantSource clock,
            String userAgent) {
        this.group = group;
        this.limits = limits;
        this.clock = clock;
        this.userAgent = userAgent;
        List<EventLoop> executors = new ArrayList<>();
        group.iterator().forEachRemaining(one -> executors.add((EventLoop) one));
        var connections =
                new ConnectionPool.Limits(
                        MOST_PER_ROUTE, Math.max(64, MOST_IDLE / executors.size()));
        for (var executor : executors) {
            var loop = SendingLoop.of(executor, connector, connections);
            loops.add(loop);
            executor.scheduleAtFixedRate(
                    loop.pool()::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /// Makes one attempt. The future never fails, and completes within the deadline and a moment,
    /// on an event loop: what depends on it must not block there.
    public CompletableFuture<Attempt> post(Request request) {
        return post(request.url(), request.identity(), () -> request);
    }

    /// Makes one attempt, of a request that is made on the event loop just before it goes out.
    /// Where that throws so does the future; else it is as with [#post(Request)].
    public CompletableFuture<Attempt> post(
            String url, @Nullable ClientIdentity identity, Supplier<Request> request) {
        Target target;
        try {
            target = target(url);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(unusable(String.valueOf(e.getMessage())));
        }
        var route = new Route(target.origin(), identity);
        var loop = loops.get(Math.floorMod(spread(route.hashCode()), loops.size()));
        var exchange = new Exchange(this, request, target, route, loop);
        loop.loop().execute(exchange);
        return exchange.result();
    }

    private Target target(String url) {
        var known = targets.get(url);
        if (known != null) {
            return known;
        }
        var target = Target.of(url);
        if (targets.size() >= MOST_TARGETS) {
            targets.clear();
        }
        targets.put(url, target);
        return target;
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 16);
    }

    Limits limits() {
        return limits;
    }

    InstantSource clock() {
        return clock;
    }

    private Attempt unusable(String why) {
        return new Attempt(
                new Outcome.Unreachable(Failure.PROTOCOL, why),
                clock.instant(),
                Duration.ZERO,
                new Timings(null, null, null, null),
                null,
                null);
    }

    /// Closes every connection and stops the event loops; attempts that are open never complete.
    @Override
    public void close() {
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
