package com.avoma.webhooks.config.isolation;

import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;
import reactor.util.context.Context;

/// The rows that a database connection sees, by row-level security: behind the organization that
/// every statement names, so that one which forgets it finds nothing of anybody else's. A request
/// has its caller's scope without asking; other work says which one it needs, with
/// `contextWrite(Scope.of(…))` or `contextWrite(Scope.every(…))`.
public sealed interface Scope {
    /// The rows of one organization.
    record OneOrganization(UUID uuid) implements Scope {}

    /// All rows.
    record EveryOrganization(Reason reason) implements Scope {}

    /// No organization's rows.
    record Nothing() implements Scope {}

    /// Why work needs the rows of every organization.
    enum Reason {
        /// A key says which organization its caller is of.
        AUTHENTICATION,
        /// The outbox is one queue.
        PUBLICATION,
        /// The directory's topics carry every organization, and move teams and members.
        DIRECTORY,
        /// Operators asked for something to be done to all.
        MAINTENANCE,
        /// Rows whose time is over are deleted whosesoever they are.
        HOUSEKEEPING,
        /// Attempts of every organization come in one stream.
        DEACTIVATION,
        /// The topics of the delivery log carry every organization.
        DELIVERY_LOG,
        /// Recoveries are one queue.
        RECOVERY,
        /// Counts of all.
        METRICS
    }

    /// For a reactive chain's `contextWrite`.
    static UnaryOperator<Context> of(UUID organization) {
        return context -> context.put(Scope.class, new OneOrganization(organization));
    }

    /// For a reactive chain's `contextWrite`.
    static UnaryOperator<Context> every(Reason reason) {
        return context -> context.put(Scope.class, new EveryOrganization(reason));
    }

    /// The value of PostgreSQL's setting `webhooks.scope`: nothing in it needs quoting.
    default String setting() {
        return switch (this) {
            case OneOrganization(var uuid) -> uuid.toString();
            case EveryOrganization(var reason) -> "every:" + reason.name().toLowerCase(Locale.ROOT);
            case Nothing() -> "";
        };
    }
}
