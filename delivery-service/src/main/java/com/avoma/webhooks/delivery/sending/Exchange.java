package com.avoma.webhooks.delivery.sending;

import com.avoma.webhooks.common.attempt.AttemptRecord.Failure;
import com.avoma.webhooks.delivery.sending.connection.Answer;
import com.avoma.webhooks.delivery.sending.connection.Conversation;
import com.avoma.webhooks.delivery.sending.connection.Opening;
import com.avoma.webhooks.delivery.sending.connection.Place;
import com.avoma.webhooks.delivery.sending.connection.Route;
import com.avoma.webhooks.delivery.sending.egress.Target;
import com.avoma.webhooks.delivery.sending.timing.Deadlines.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http2.Http2Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One attempt as it goes on. All of it happens on one event loop.
///
/// A connection that was kept alive may have been closed by the receiver just before it was used,
/// and a receiver may say that it has not looked at a request; such a request goes out once more,
/// before a byte of an answer, on another connection within the same deadline. Receivers tell
/// repetitions by `webhook-id`.
final class Exchange extends Deadline implements Conversation, Runnable {
    /// How long the body may take once the status is known: it cannot change the outcome.
    private static final long BODY_GRACE = Duration.ofSeconds(2).toNanos();

    private final HttpSender sender;
    private final Supplier<Request> making;
    private final Target target;
    private final Route route;
    private final SendingLoop loop;
    private final CompletableFuture<Attempt> result = new CompletableFuture<>();
    private final Findings findings;

    private @Nullable Request made;
    private @Nullable Opening opening;
    private @Nullable Place place;
    private boolean kept;
    private boolean repeated;
    private boolean over;

    Exchange(
            HttpSender sender,
            Supplier<Request> making,
            Target target,
            Route route,
            SendingLoop loop) {
        this.sender = sender;
        this.making = making;
        this.target = target;
        this.route = route;
        this.loop = loop;
        this.findings = new Findings(sender.clock().instant(), sender.limits().excerpt());
    }

    CompletableFuture<Attempt> result() {
        return result;
    }

    /// Begins, on the loop.
    @Override
    public void run() {
        Request request;
        try {
            request = making.get();
        } catch (RuntimeException e) {
            over = true;
            result.completeExceptionally(e);
            return;
        }
        made = request;
        if (!PostRequest.isWritable(request)) {
            finish(unreachable(Failure.PROTOCOL, "A custom header is not valid in HTTP"), null);
            return;
        }
        due(findings.watch().startedAt() + sender.limits().attempt().toNanos());
        loop.deadlines().add(this);
        loop.pool().join(this, false);
    }

    @Override
    public Route route() {
        return route;
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public void opening(Opening begun) {
        opening = begun;
        findings.watch().opening();
    }

    @Override
    public void resolved(boolean lookedUp) {
        findings.watch().resolved(lookedUp);
    }

    @Override
    public void connected() {
        findings.watch().connected();
    }

    @Override
    public void secured(@Nullable Instant expiresAt) {
        opening = null;
        findings.secured(expiresAt);
    }

    @Override
    public void placed(Place given, boolean wasKept) {
        place = given;
        kept = wasKept;
        findings.watch().sent();
    }

    @Override
    public FullHttpRequest overHttp1() {
        return PostRequest.overHttp1(request(), target);
    }

    @Override
    public Http2Headers overHttp2() {
        return PostRequest.overHttp2(request(), target);
    }

    @Override
    public ByteBuf body() {
        return Unpooled.wrappedBuffer(request().body().bytes());
    }

    private Request request() {
        return Objects.requireNonNull(made);
    }

    @Override
    public void answered(Answer head) {
        findings.answered(head, sender.clock().instant());
        due(Math.min(due(), System.nanoTime() + BODY_GRACE));
    }

    @Override
    public void part(ByteBuf part) {
        var answer = findings.answer();
        if (!over && answer != null && !findings.add(part)) {
            finish(answer, Place.End.CUT);
        }
    }

    @Override
    public void ended() {
        var answer = findings.answer();
        if (!over && answer != null) {
            finish(answer, Place.End.WHOLE);
        }
    }

    @Override
    public void lost(Failure failure, String detail, boolean untouched) {
        if (over) {
            return;
        }
        opening = null;
        var answer = findings.answer();
        if (answer != null) {
            finish(answer, Place.End.GONE);
        } else if ((kept || untouched) && !repeated && failure != Failure.PROTOCOL) {
            repeated = true;
            leave(Place.End.GONE);
            loop.pool().join(this, true);
        } else {
            finish(unreachable(failure, detail), Place.End.GONE);
        }
    }

    @Override
    public void brokenOff(Failure failure, String detail) {
        if (!over) {
            var answer = findings.answer();
            finish(answer != null ? answer : unreachable(failure, detail), Place.End.GONE);
        }
    }

    /// The deadline, or the body's.
    @Override
    protected void expired() {
        if (over) {
            return;
        }
        var answer = findings.answer();
        if (answer != null) {
            finish(answer, Place.End.CUT);
        } else {
            var limit = sender.limits().attempt().toMillis();
            finish(
                    unreachable(
                            Failure.TIMEOUT,
                            "No answer within "
                                    + limit
                                    + " ms, waiting for "
                                    + findings.watch().waitingFor()),
                    Place.End.SILENT);
        }
    }

    private static Outcome unreachable(Failure failure, String detail) {
        return new Outcome.Unreachable(failure, detail);
    }

    private void finish(Outcome outcome, Place.@Nullable End end) {
        over = true;
        loop.deadlines().remove(this);
        if (opening != null) {
            opening.abandon();
        }
        if (end != null) {
            leave(end);
        }
        result.complete(findings.attempt(outcome));
    }

    /// Nothing that the connection does from here on is this exchange's.
    private void leave(Place.End end) {
        var left = place;
        place = null;
        if (left != null) {
            left.leave(end);
        }
    }
}
