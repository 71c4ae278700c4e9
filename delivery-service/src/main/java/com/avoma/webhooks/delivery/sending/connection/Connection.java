package com.avoma.webhooks.delivery.sending.connection;

import io.netty.channel.Channel;

/// An open connection that speaks HTTP in one of its versions. Belongs to one event loop.
abstract sealed class Connection permits SequentialConnection, MultiplexedConnection {
    private final Channel channel;
    private final Route route;
    private final ConnectionPool pool;
    private final long openedAt = System.nanoTime();
    private long idleSince = openedAt;
    private boolean used;
    private boolean offered;

    Connection(Channel channel, Route route, ConnectionPool pool) {
        this.channel = channel;
        this.route = route;
        this.pool = pool;
    }

    /// How many conversations more it can take now.
    abstract int free();

    /// Whether no conversation is on it.
    abstract boolean isIdle();

    abstract boolean isMultiplexed();

    /// Whether the receiver has yet to say how many conversations it takes.
    abstract boolean isSettling();

    /// Sends the conversation's request, and tells it what comes back.
    abstract void begin(Conversation conversation);

    /// Takes no new conversation, and closes when the last one has ended.
    abstract void retire();

    /// Whether it had been used before; from now on it has.
    final boolean usedBefore() {
        boolean before = used;
        used = true;
        return before;
    }

    /// Whether it is among those that have a place to give.
    final boolean isOffered() {
        return offered;
    }

    final void offered(boolean now) {
        offered = now;
    }

    final Channel channel() {
        return channel;
    }

    final Route route() {
        return route;
    }

    final ConnectionPool pool() {
        return pool;
    }

    final long openedAt() {
        return openedAt;
    }

    final long idleSince() {
        return idleSince;
    }

    final void idleFrom(long nanos) {
        idleSince = nanos;
    }

    final void close() {
        channel.close();
    }
}
