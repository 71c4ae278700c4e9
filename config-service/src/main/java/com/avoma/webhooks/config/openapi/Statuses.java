package com.avoma.webhooks.config.openapi;

import static java.util.Map.entry;

import com.avoma.webhooks.config.web.FieldError;
import com.avoma.webhooks.config.web.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The errors that an operation can answer with, by what it takes.
final class Statuses {
    private static final Map<Integer, Fault> FAULTS =
            Map.ofEntries(
                    entry(
                            400,
                            new Fault(
                                    "Bad Request",
                                    "The request breaks a rule, and the answer says which",
                                    "limit: must be a number from 1 to 200")),
                    entry(
                            401,
                            new Fault(
                                    "Unauthorized",
                                    "No credentials, or none that are valid",
                                    "Send Authorization: Bearer CLIENT_KEY:CLIENT_SECRET with an"
                                            + " API key that is in use, or Bearer and a valid"
                                            + " token.")),
                    entry(
                            403,
                            new Fault(
                                    "Forbidden",
                                    "The caller is not an admin of an organization that the"
                                            + " directory has",
                                    "Only admins of the organization manage webhooks.")),
                    entry(
                            404,
                            new Fault(
                                    "Not Found",
                                    "There is no such thing in this organization",
                                    "There is no such webhook.")),
                    entry(
                            409,
                            new Fault(
                                    "Conflict",
                                    "The `Idempotency-Key` came with another request before",
                                    "This Idempotency-Key came with another request in the last"
                                            + " 24 hours.")),
                    entry(
                            412,
                            new Fault(
                                    "Precondition Failed",
                                    "`If-Match` names another version than the one there is",
                                    "It has changed since: If-Match does not match its ETag.")),
                    entry(
                            413,
                            new Fault(
                                    "Content Too Large",
                                    "The body is larger than 256 KiB",
                                    "The body is larger than 256 KiB.")),
                    entry(
                            415,
                            new Fault(
                                    "Unsupported Media Type",
                                    "The body says that it is something else than JSON",
                                    "The body must be JSON, with Content-Type: application/json.")),
                    entry(
                            429,
                            new Fault(
                                    "Too Many Requests",
                                    "The caller called too often",
                                    "More than 60 requests came in a minute.")),
                    entry(
                            500,
                            new Fault(
                                    "Internal Server Error",
                                    "A fault of this service",
                                    "Something is wrong with this service; its operators can see"
                                            + " what.")),
                    entry(
                            503,
                            new Fault(
                                    "Service Unavailable",
                                    "PostgreSQL or Kafka is away, and nothing was changed",
                                    "The database does not answer; nothing was changed. Try again"
                                            + " later.")));

    private Statuses() {}

    /// @param detail of an answer with it
    private record Fault(String title, String meaning, String detail) {}

    /// The meaning of each error status, in their order.
    static Map<Integer, String> of(
            boolean names, boolean takesBody, boolean conditional, boolean idempotent) {
        var statuses = new TreeMap<Integer, String>();
        FAULTS.forEach((status, fault) -> statuses.put(status, fault.meaning()));
        if (!names) {
            statuses.remove(404);
        }
        if (!takesBody) {
            statuses.remove(413);
            statuses.remove(415);
        }
        if (!conditional) {
            statuses.remove(412);
        }
        if (!idempotent) {
            statuses.remove(409);
        }
        return statuses;
    }

    /// A body that the status comes with.
    ///
    /// @throws IllegalArgumentException where no operation answers with it
    static Problem example(int status) {
        var fault = FAULTS.get(status);
        if (fault == null) {
            throw new IllegalArgumentException("status: " + status + " (expected: a known one)");
        }
        List<FieldError> errors =
                status == 400
                        ? List.of(new FieldError("limit", "must be a number from 1 to 200"))
                        : List.of();
        return new Problem("about:blank", fault.title(), status, fault.detail(), errors);
    }
}
