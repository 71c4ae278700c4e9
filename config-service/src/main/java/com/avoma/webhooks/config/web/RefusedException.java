package com.avoma.webhooks.config.web;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A request whose answer is decided: it is not served, and this is why. Only [WebConfiguration]
/// catches it and makes the problem of it; it carries no stack trace.
public final class RefusedException extends RuntimeException {
    /// How long to wait for what is away.
    static final Duration AWAY = Duration.ofSeconds(5);

    private final int status;
    private final transient List<FieldError> errors;
    private final @Nullable Duration retryAfter;

    private RefusedException(int status, String detail, List<FieldError> errors) {
        this(status, detail, errors, null);
    }

    private RefusedException(
            int status, String detail, List<FieldError> errors, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.status = status;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    /// 400, for one or more fields.
    public static RefusedException invalid(List<FieldError> errors) {
        var detail =
                errors.stream()
                        .map(error -> error.field() + ": " + error.message())
                        .collect(Collectors.joining("; "));
        return new RefusedException(400, detail, errors);
    }

    /// 400, for one field.
    public static RefusedException invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    /// 400, for no field in particular.
    public static RefusedException invalid(String detail) {
        return new RefusedException(400, detail, List.of());
    }

    /// 403.
    public static RefusedException forbidden(String detail) {
        return new RefusedException(403, detail, List.of());
    }

    /// 404, also for what belongs to another organization.
    public static RefusedException notFound(String what) {
        return new RefusedException(404, "There is no such " + what + ".", List.of());
    }

    /// 409.
    public static RefusedException conflict(String detail) {
        return new RefusedException(409, detail, List.of());
    }

    /// 412.
    public static RefusedException stale() {
        return new RefusedException(
                412, "It has changed since: If-Match does not match its ETag.", List.of());
    }

    /// 415.
    public static RefusedException unsupported(String detail) {
        return new RefusedException(415, detail, List.of());
    }

    /// 429.

    /// @param retryAfter the same request goes through then, if no other comes before it
    public static RefusedException tooMany(String detail, Duration retryAfter) {
        return new RefusedException(429, detail, List.of(), retryAfter);
    }

    /// 503: what the request needs is away. The detail says what is known of a change.
    public static RefusedException unavailable(String detail) {
        return new RefusedException(503, detail, List.of(), AWAY);
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// When it is worth another try; null: not by waiting.
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    public List<FieldError> errors() {
        return errors;
    }

    /// The reason, in a sentence.
    public String detail() {
        return String.valueOf(getMessage());
    }
}
