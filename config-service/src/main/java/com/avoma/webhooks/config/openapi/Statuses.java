package com.avoma.webhooks.config.openapi;

import com.avoma.webhooks.config.web.FieldError;
import com.avoma.webhooks.config.web.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The errors that an operation can answer with, by what it takes.
final class Statuses {
    private static final Map<Integer, String> MEANINGS =
            Map.of(
                    400, "The request breaks a rule, and the answer says which",
                    401, "No credentials, or none that are valid",
                    403, "The caller is not an admin of an organization that the directory has",
                    404, "There is no such thing in this organization",
                    409, "The `Idempotency-Key` came with another request before",
                    412, "`If-Match` names another version than the one there is",
                    413, "The body is larger than 256 KiB",
                    429, "The caller called too often",
                    500, "A fault of this service",
                    503, "PostgreSQL or Kafka is away, and nothing was changed");
    private static final Map<Integer, String> TITLES =
            Map.of(
                    400, "Bad Request",
                    401, "Unauthorized",
                    403, "Forbidden",
                    404, "Not Found",
                    409, "Conflict",
                    412, "Precondition Failed",
                    413, "Content Too Large",
                    429, "Too Many Requests",
                    500, "Internal Server Error",
                    503, "Service Unavailable");
    private static final Map<Integer, String> DETAILS =
            Map.of(
                    400, "limit: must be a number from 1 to 200",
                    401,
                            "Send Authorization: Bearer CLIENT_KEY:CLIENT_SECRET with an API key"
                                    + " that is in use, or Bearer and a valid token.",
                    403, "Only admins of the organization manage webhooks.",
                    404, "There is no such webhook.",
                    409, "This Idempotency-Key came with another request in the last 24 hours.",
                    412, "It has changed since: If-Match does not match its ETag.",
                    413, "The body is larger than 256 KiB.",
                    429, "More than 60 requests came in a minute.",
                    500, "Something is wrong with this service; its operators can see what.",
                    503, "The database does not answer; nothing was changed. Try again later.");

    private Statuses() {}

    /// The meaning of each error status, in their order.
    static Map<Integer, String> of(
            boolean names, boolean takesBody, boolean conditional, boolean idempotent) {
        var statuses = new TreeMap<>(MEANINGS);
        if (!names) {
            statuses.remove(404);
        }
        if (!takesBody) {
            statuses.remove(413);
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
    static Problem example(int status) {
        var detail = String.valueOf(DETAILS.get(status));
        List<FieldError> errors =
                status == 400
                        ? List.of(new FieldError("limit", "must be a number from 1 to 200"))
                        : List.of();
        var title = String.valueOf(TITLES.get(status));
        return new Problem("about:blank", title, status, detail, errors);
    }
}
