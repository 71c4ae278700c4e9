package com.avoma.webhooks.delivery.sending;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.common.attempt.AttemptRecord.Timings;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// Posts requests to receivers over HTTP/1.1 and TLS, on connections that are kept alive. Redirects
/// are not followed, no proxy of the environment is used, nothing is decompressed, no cookie is
/// kept. What came of it is an [Outcome]; no failure of a receiver is an exception.
///
/// Each request has one deadline for everything: look-up, connect, handshake, headers and body.
public final class HttpSender implements AutoCloseable {
    private static final Duration SWEEP = Duration.ofSeconds(5);

    private final EventLoopGroup loops;
    private final Connector connector;
    private final ConnectionPool pool = new ConnectionPool();
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

    /// @param loops owned by the sender from here on
    public HttpSender(
            EventLoopGroup loops,
            Connector connector,
            Limits limits,
            InstantSource clock,
            String userAgent) {
        this.loops = loops;
        this.connector = connector;
        this.limits = limits;
        this.clock = clock;
        this.userAgent = userAgent;
        loops.next()
                .scheduleAtFixedRate(
                        pool::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Makes one attempt. The future never fails, and completes within the deadline, on an event
    /// loop: what depends on it must not block there.
    public CompletableFuture<Attempt> post(Request request) {
        Target target;
        try {
            target = Target.of(request.url());
        } catch (IllegalArgumentException e) {
            return CompletableFuture.completedFuture(unusable(String.valueOf(e.getMessage())));
        }
        var idle = pool.take(target);
        var loop = idle == null ? loops.next() : idle.eventLoop();
        var exchange = new Exchange(this, request, target, loop);
        loop.execute(() -> exchange.start(idle));
        return exchange.result();
    }

    Connector connector() {
        return connector;
    }

    Limits limits() {
        return limits;
    }

    InstantSource clock() {
        return clock;
    }

    /// Takes back the connection of an exchange that has ended.
    void release(Target target, Channel channel, boolean reusable) {
        if (reusable) {
            pool.put(target, channel);
        } else {
            channel.close();
        }
    }

    private Attempt unusable(String why) {
        return new Attempt(
                new Outcome.Unreachable(Failure.PROTOCOL, why),
                clock.instant(),
                Duration.ZERO,
                new Timings(null, null, null, null),
                null);
    }

    /// Closes every connection and stops the event loops; attempts that are open never complete.
    @Override
    public void close() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
    }
}
