package com.avoma.webhooks.config.web;

import java.util.List;
import java.util.stream.Collectors;

/// A request whose answer is decided: it is not served, and this is why. Only [WebConfiguration]
/// catches it and makes the problem of it; it carries no stack trace.
public final class RefusedException extends RuntimeException {
    private final int status;
    private final transient List<FieldError> errors;

    private RefusedException(int status, String detail, List<FieldError> errors) {
        super(detail, null, false, false);
        this.status = status;
        this.errors = List.copyOf(errors);
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

    /// 412.
    public static RefusedException stale() {
        return new RefusedException(
                412, "It has changed since: If-Match does not match its ETag.", List.of());
    }

    /// 503: what the request needs is away. The detail says what is known of a change.
    public static RefusedException unavailable(String detail) {
        return new RefusedException(503, detail, List.of());
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    public List<FieldError> errors() {
        return errors;
    }

    /// The reason, in a sentence.
    public String detail() {
        return String.valueOf(getMessage());
    }
}
