package com.avoma.webhooks.config.recovery;

import com.avoma.webhooks.config.replay.Only;
import com.avoma.webhooks.config.web.JsonBody;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an admin wants to have sent again.
///
/// @param until at the latest now
record RecoveryRequest(Instant since, Instant until, Only only, boolean dryRun) {
    private static final Set<String> WRITABLE = Set.of("since", "until", "only", "dry_run");
    private static final Set<String> READ_ONLY =
            Set.of("id", "status", "matched", "sent", "expired", "created");

    /// @throws com.avoma.webhooks.config.web.RefusedException where it breaks a rule; it names
    ///   every one
    static RecoveryRequest read(byte @Nullable [] json, Instant now) {
        var body = JsonBody.parse(json, WRITABLE, READ_ONLY);
        var since = time(body, "since");
        if (!body.has("since") || body.isNull("since")) {
            body.refuse("since", "is required");
        }
        var asked = time(body, "until");
        var until = asked == null || asked.isAfter(now) ? now : asked;
        if (since != null && since.isAfter(now)) {
            body.refuse("since", "must not be in the future");
        } else if (since != null && !since.isBefore(until)) {
            body.refuse("until", "must be after since");
        }
        var only = only(body);
        var dryRun = body.flag("dry_run");
        body.orRefuse();
        return new RecoveryRequest(
                since == null ? now : since, until, only, Boolean.TRUE.equals(dryRun));
    }

    private static Only only(JsonBody body) {
        var text = body.text("only");
        if (text == null) {
            return Only.FAILED;
        }
        var only = Only.of(text);
        if (only.isEmpty()) {
            body.refuse("only", "must be failed or all");
        }
        return only.orElse(Only.FAILED);
    }

    /// As PostgreSQL keeps it; null where it is absent, null or no time (then it is refused).
    private static @Nullable Instant time(JsonBody body, String field) {
        var text = body.text(field);
        if (text == null) {
            return null;
        }
        try {
            var time = OffsetDateTime.parse(text);
            if (time.getYear() >= 1970 && time.getYear() <= 9999) {
                return time.toInstant().truncatedTo(ChronoUnit.MICROS);
            }
        } catch (DateTimeException _) {
            // told below
        }
        body.refuse(field, "must be an RFC 3339 time such as 2026-03-01T12:00:00Z");
        return null;
    }
}
