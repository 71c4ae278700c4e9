package com.avoma.webhooks.delivery.sending;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// One attempt as it goes on. All of it happens on one event loop, the connection's.
///
/// A connection that was kept alive may have been closed by the receiver just before it was used; a
/// request that met such an end, before a byte of an answer, goes out once more on a new connection
/// within the same deadline. Receivers tell repetitions by `webhook-id`.
final class Exchange {
    /// How long the body may take once the status is known: it cannot change the outcome.
    private static final Duration BODY_GRACE = Duration.ofSeconds(2);

    private final HttpSender sender;
    private final Request request;
    private final Target target;
    private final EventLoop loop;
    private final CompletableFuture<Attempt> result = new CompletableFuture<>();
    private final Stopwatch watch = new Stopwatch();
    private final Instant startedAt;
    private final Excerpt excerpt;

    private @Nullable Channel channel;
    private @Nullable Future<?> deadline;
    private boolean reused;
    private boolean done;
    private boolean informational;
    private boolean keepAlive;
    private @Nullable Outcome answer;

    Exchange(HttpSender sender, Request request, Target target, EventLoop loop) {
        this.sender = sender;
        this.request = request;
        this.target = target;
        this.loop = loop;
        this.startedAt = sender.clock().instant();
        this.excerpt = new Excerpt(sender.limits().excerpt());
    }

    CompletableFuture<Attempt> result() {
        return result;
    }

    Target target() {
        return target;
    }

    EventLoop loop() {
        return loop;
    }

    boolean isDone() {
        return done;
    }

    void start(@Nullable Channel idle) {
        var limit = sender.limits().attempt();
        deadline = loop.schedule(this::timedOut, limit.toMillis(), TimeUnit.MILLISECONDS);
        if (idle != null && idle.isActive()) {
            reused = true;
            send(idle);
        } else {
            sender.connector().open(this);
        }
    }

    void resolved() {
        watch.resolved();
    }

    void connecting(Channel connecting) {
        channel = connecting;
        watch.connecting();
    }

    void connected() {
        watch.connected();
    }

    void secured(Channel open) {
        watch.secured();
        if (done) {
            open.close();
        } else {
            send(open);
        }
    }

    /// The end without an answer.
    void failed(Failure failure, String detail) {
        finish(new Outcome.Unreachable(failure, detail), false);
    }

    /// The connection closed or broke.
    void lost(@Nullable Throwable cause) {
        if (done) {
            return;
        }
        if (answer != null) {
            finish(answer, false);
        } else if (reused) {
            reused = false;
            letGo(false);
            sender.connector().open(this);
        } else if (cause != null && isTls(cause)) {
            failed(Failure.TLS, "The receiver broke off TLS");
        } else {
            failed(Failure.RESET, "The receiver closed the connection before it answered");
        }
    }

    void received(HttpObject message) {
        if (done) {
            return;
        }
        reused = false;
        if (message.decoderResult().isFailure()) {
            finish(answer != null ? answer : notHttp(), false);
            return;
        }
        if (message instanceof HttpResponse response) {
            informational = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            if (response.status().code() == 101) {
                finish(notHttp(), false);
                return;
            }
            if (!informational) {
                headers(response);
            }
        }
        if (message instanceof HttpContent content && !informational) {
            boolean room = excerpt.add(content.content());
            if (content instanceof LastHttpContent || !room) {
                end(content instanceof LastHttpContent);
            }
        }
    }

    private void end(boolean complete) {
        if (answer != null) {
            finish(answer, complete && keepAlive);
        }
    }

    private void send(Channel open) {
        channel = open;
        try {
            var http = PostRequest.of(request, target);
            open.pipeline().get(ExchangeHandler.class).begin(this);
            watch.sent();
            // a failed write ends in channelInactive, after what the receiver may still have said
            var _ = open.writeAndFlush(http);
        } catch (IllegalArgumentException _) {
            failed(Failure.PROTOCOL, "A custom header is not valid in HTTP");
        }
    }

    private void headers(HttpResponse response) {
        watch.answered();
        int status = response.status().code();
        keepAlive = HttpUtil.isKeepAlive(response);
        if (response.headers().contains(HttpHeaderNames.CONTENT_ENCODING)) {
            excerpt.unreadable();
        }
        answer =
                response.status().codeClass() == HttpStatusClass.SUCCESS
                        ? new Outcome.Delivered(status)
                        : new Outcome.Refused(
                                status,
                                RetryAfter.parse(
                                        response.headers().get(HttpHeaderNames.RETRY_AFTER),
                                        sender.clock().instant()));
        var left = watch.left(sender.limits().attempt());
        cancelDeadline();
        deadline =
                loop.schedule(
                        () -> end(false),
                        Math.min(left.toMillis(), BODY_GRACE.toMillis()),
                        TimeUnit.MILLISECONDS);
    }

    private void timedOut() {
        failed(
                Failure.TIMEOUT,
                "No answer within "
                        + sender.limits().attempt().toMillis()
                        + " ms, waiting for "
                        + watch.waitingFor());
    }

    private static Outcome notHttp() {
        return new Outcome.Unreachable(
                Failure.PROTOCOL, "The answer is not HTTP/1.1, or its headers are too long");
    }

    private void finish(Outcome outcome, boolean reusable) {
        if (done) {
            return;
        }
        done = true;
        cancelDeadline();
        letGo(reusable);
        result.complete(
                new Attempt(outcome, startedAt, watch.total(), watch.timings(), excerpt.text()));
    }

    /// Nothing that the connection does from here on is this exchange's.
    private void letGo(boolean reusable) {
        if (channel == null) {
            return;
        }
        var handler = channel.pipeline().get(ExchangeHandler.class);
        if (handler != null) {
            handler.end();
        }
        sender.release(target, channel, reusable);
    }

    private static boolean isTls(Throwable cause) {
        return cause instanceof SSLException || cause.getCause() instanceof SSLException;
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
