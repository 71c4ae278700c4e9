package com.avoma.webhooks.common.attempt;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A record of `delivery-attempts`, keyed by webhook: what one attempt came to and what follows.
///
/// @param messageId the delivery, its `webhook-id`
/// @param number the attempt's number, from 1; 0 where none was made: the delivery was canceled or
///   given up because its webhook is deleted or inactive
/// @param startedAt when the attempt began, or the delivery was ended without one
/// @param outcome null where no attempt was made
/// @param statusCode the receiver's answer; null where there was none
/// @param failure which part failed; null where a status code came back
/// @param detail what went wrong, for the diagnosis; null where nothing did
/// @param durationMs milliseconds of the whole attempt
/// @param responseExcerpt the first bytes of the answer's body as text
/// @param targetUrl where it was sent
/// @param manual whether a person asked for this attempt
/// @param test whether it was a test send: no event, never tried again, in no account. Absent in
///   records of older versions: false
/// @param certificateExpiresAt when the receiver's certificate expires, where a handshake showed it
/// @param verdict what follows
/// @param reason why it was given up, one word as in `webhooks-reason`; null where it was not
/// @param nextAttemptAt when the next attempt is due, where the verdict is to retry
/// @param job where the record with the body is
public record AttemptRecord(
        String messageId,
        UUID organizationUuid,
        UUID webhookUuid,
        String eventId,
        String eventSource,
        String eventType,
        Instant eventTime,
        int number,
        Instant startedAt,
        @Nullable Outcome outcome,
        @Nullable Integer statusCode,
        @Nullable Failure failure,
        @Nullable String detail,
        long durationMs,
        @Nullable Timings timings,
        @Nullable String responseExcerpt,
        @Nullable String targetUrl,
        boolean manual,
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean test,
        @Nullable Instant certificateExpiresAt,
        Verdict verdict,
        @Nullable String reason,
        @Nullable Instant nextAttemptAt,
        Position job) {

    /// What the receiver made of it.
    public enum Outcome {
        @JsonProperty("delivered")
        DELIVERED,
        @JsonProperty("refused")
        REFUSED,
        @JsonProperty("unreachable")
        UNREACHABLE
    }

    /// Which part of reaching the receiver failed.
    public enum Failure {
        @JsonProperty("dns")
        DNS,
        @JsonProperty("blocked_address")
        BLOCKED_ADDRESS,
        @JsonProperty("connect")
        CONNECT,
        @JsonProperty("tls")
        TLS,
        @JsonProperty("timeout")
        TIMEOUT,
        @JsonProperty("reset")
        RESET,
        @JsonProperty("protocol")
        PROTOCOL
    }

    /// What becomes of the delivery after it.
    public enum Verdict {
        @JsonProperty("delivered")
        DELIVERED,
        @JsonProperty("retry")
        RETRY,
        @JsonProperty("dead_lettered")
        DEAD_LETTERED,
        @JsonProperty("canceled")
        CANCELED
    }

    /// Milliseconds of each phase; null for a phase that did not happen: a pooled connection has no
    /// look-up, connect and handshake of its own.
    public record Timings(
            @Nullable Long dnsMs,
            @Nullable Long connectMs,
            @Nullable Long tlsMs,
            @Nullable Long firstByteMs) {}

    /// A place on Kafka.
    public record Position(String topic, int partition, long offset) {}
}
