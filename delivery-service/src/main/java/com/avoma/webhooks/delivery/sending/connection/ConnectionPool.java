package com.avoma.webhooks.delivery.sending.connection;

import com.avoma.webhooks.delivery.sending.connection.Opening.Opened;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The connections of one event loop, by route. A conversation gets a place on one that is open, or
/// opens one, or waits for a place: where the receiver is known to speak HTTP/2 and a connection is
/// being opened, and where as many are open as may be. Those who wait are as many as there are
/// attempts in flight at most, and each has its deadline.
///
/// Not thread-safe: all of it happens on the loop.
public final class ConnectionPool {
    /// Shorter than the keep-alive of the common servers, so that few requests meet a closed end.
    private static final long LONGEST_IDLE = Duration.ofSeconds(30).toNanos();

    /// Vetted again at the latest after this: a name may have moved meanwhile.
    private static final long LONGEST_LIFE = Duration.ofMinutes(5).toNanos();

    /// Routes without a connection that are remembered, for the version of HTTP that they speak.
    private static final int MOST_REMEMBERED = 10_000;

    private final EventLoop loop;
    private final Connector connector;
    private final Limits limits;
    private final Map<Route, RouteConnections> routes = new HashMap<>();
    private int ready;

    /// @param perRoute how many connections may be open to one receiver
    /// @param idle how many may be kept open without a use, in all
    public record Limits(int perRoute, int idle) {}

    public ConnectionPool(EventLoop loop, Connector connector, Limits limits) {
        this.loop = loop;
        this.connector = connector;
        this.limits = limits;
    }

    /// Finds a place.
    ///
    /// @param fresh whether kept HTTP/1.1 connections will not do: one was just met closed, and the
    ///   others are as likely to be
    public void join(Conversation conversation, boolean fresh) {
        var route =
                routes.computeIfAbsent(
                        conversation.route(), _ -> new RouteConnections(limits.perRoute()));
        if (fresh && !route.isMultiplexed()) {
            for (var kept = route.first(); kept != null; kept = route.first()) {
                drop(route, kept);
            }
        }
        if (!place(route, conversation)) {
            route.await(conversation);
        }
    }

    private boolean place(RouteConnections route, Conversation conversation) {
        var found = take(route);
        if (found != null) {
            found.begin(conversation);
            return true;
        }
        if (!route.mayOpen()) {
            return false;
        }
        route.opening();
        connector.open(conversation, loop, this, opened -> opened(route, conversation, opened));
        return true;
    }

    private @Nullable Connection take(RouteConnections route) {
        for (var one = route.first(); one != null; one = route.first()) {
            int free = one.free();
            if (free <= 0 || isOld(one)) {
                drop(route, one);
                continue;
            }
            if (free == 1) {
                withdraw(route, one);
            }
            return one;
        }
        return null;
    }

    private void opened(RouteConnections route, Conversation conversation, Opened opened) {
        switch (opened) {
            case Opened.Open(var connection) -> {
                route.opened(connection);
                if (conversation.isOver()) {
                    freed(connection);
                } else {
                    connection.begin(conversation);
                }
            }
            case Opened.Failed(var failure, var detail) -> {
                route.failed();
                if (!conversation.isOver()) {
                    conversation.lost(failure, detail, false);
                }
            }
        }
        admit(route);
    }

    private void admit(RouteConnections route) {
        for (var next = route.nextWaiting(); next != null; next = route.nextWaiting()) {
            route.admitted();
            if (!place(route, next)) {
                route.notAdmitted(next);
                return;
            }
        }
    }

    /// A connection has a free place.
    void freed(Connection connection) {
        var route = routes.get(connection.route());
        if (route == null || isOld(connection)) {
            connection.retire();
            return;
        }
        connection.idleFrom(System.nanoTime());
        route.noteSettled(connection);
        if (!connection.isOffered()) {
            route.offer(connection);
            ready += connection.isOffered() ? 1 : 0;
        }
        admit(route);
        if (ready > limits.idle() && connection.isOffered() && connection.isIdle()) {
            drop(route, connection);
        }
    }

    /// A connection has closed.
    void closed(Connection connection) {
        var route = routes.get(connection.route());
        if (route != null) {
            ready -= connection.isOffered() ? 1 : 0;
            route.closed(connection);
            admit(route);
        }
    }

    /// Closes what was idle for too long. Called every few seconds.
    public void sweep() {
        long now = System.nanoTime();
        for (var route : List.copyOf(routes.values())) {
            for (var one = route.oldest(); one != null; one = route.oldest()) {
                boolean stale = one.isIdle() && now - one.idleSince() > LONGEST_IDLE;
                if (!stale && !isOld(one) && one.channel().isActive()) {
                    break;
                }
                drop(route, one);
            }
        }
        if (routes.size() > MOST_REMEMBERED) {
            routes.values().removeIf(RouteConnections::isUnused);
        }
    }

    private void drop(RouteConnections route, Connection connection) {
        withdraw(route, connection);
        connection.retire();
    }

    private void withdraw(RouteConnections route, Connection connection) {
        ready -= connection.isOffered() ? 1 : 0;
        route.remove(connection);
    }

    private static boolean isOld(Connection connection) {
        return System.nanoTime() - connection.openedAt() > LONGEST_LIFE;
    }
}
