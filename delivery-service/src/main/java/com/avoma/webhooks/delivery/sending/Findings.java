package com.avoma.webhooks.delivery.sending;

import com.avoma.webhooks.delivery.sending.answer.Excerpt;
import com.avoma.webhooks.delivery.sending.answer.RetryAfter;
import com.avoma.webhooks.delivery.sending.connection.Answer;
import com.avoma.webhooks.delivery.sending.timing.Stopwatch;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is found out in the course of an attempt: the times of its phases, the receiver's
/// certificate and its answer. Not thread-safe.
final class Findings {
    private final Instant startedAt;
    private final Stopwatch watch = new Stopwatch();
    private final Excerpt excerpt;
    private @Nullable Outcome answer;
    private @Nullable Instant certificateExpiresAt;

    /// @param most bytes of the answer's body that are kept
    Findings(Instant startedAt, int most) {
        this.startedAt = startedAt;
        this.excerpt = new Excerpt(most);
    }

    Stopwatch watch() {
        return watch;
    }

    void secured(@Nullable Instant expiresAt) {
        certificateExpiresAt = expiresAt;
        watch.secured();
    }

    /// The head of the answer decides what the attempt came to; the body cannot change it.
    void answered(Answer head, Instant now) {
        watch.answered();
        excerpt.expect(head.contentLength(), head.contentEncoding());
        var retryAfter = head.retryAfter();
        answer =
                head.status() / 100 == 2
                        ? new Outcome.Delivered(head.status())
                        : new Outcome.Refused(
                                head.status(),
                                retryAfter == null ? null : RetryAfter.parse(retryAfter, now));
    }

    /// What the answer came to; null where there is none yet.
    @Nullable Outcome answer() {
        return answer;
    }

    /// Takes a part of the answer's body.
    ///
    /// @return whether more of it is wanted
    boolean add(ByteBuf part) {
        return excerpt.add(part);
    }

    /// All of it, once the attempt is over.
    Attempt attempt(Outcome outcome) {
        return new Attempt(
                outcome,
                startedAt,
                watch.total(),
                watch.timings(),
                excerpt.text(),
                certificateExpiresAt);
    }
}
