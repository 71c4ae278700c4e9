package com.avoma.webhooks.config.setup;

import com.avoma.webhooks.config.idempotency.Answer;
import com.avoma.webhooks.config.notification.Notice;
import com.avoma.webhooks.config.web.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a change leaves behind in its own transaction: an entry in the audit log for everything
/// that differs, the answer for when its request comes again, and notices to admins.
///
/// @param secretAction what the audit log calls a change of the signing secret; null: what can be
///   told from the setups
/// @param keep null: the request has no key
public record Trace(
        Caller by,
        @Nullable String secretAction,
        Answer.@Nullable Keep keep,
        List<Notice> notices) {

    public Trace {
        notices = List.copyOf(notices);
    }

    /// Of a request that may be made twice.
    public static Trace of(Caller by) {
        return new Trace(by, null, null, List.of());
    }

    /// Of a request that is made once.
    public static Trace of(Caller by, Answer.@Nullable Keep keep) {
        return new Trace(by, null, keep, List.of());
    }

    /// The same, telling admins of it once it is published.
    public Trace telling(List<Notice> notices) {
        return new Trace(by, secretAction, keep, notices);
    }
}
