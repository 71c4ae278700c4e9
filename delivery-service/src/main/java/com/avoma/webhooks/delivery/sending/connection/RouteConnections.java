package com.avoma.webhooks.delivery.sending.connection;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The connections of one route, and who waits for them. Not thread-safe.
final class RouteConnections {
    /// Those with a free place; the one used last is used next, so that surplus ones grow old.
    private final Deque<Connection> ready = new ArrayDeque<>();

    private final Deque<Conversation> waiting = new ArrayDeque<>();
    private final int most;
    private int open;
    private int opening;
    private boolean multiplexed;
    private @Nullable Connection settling;

    /// @param most how many connections may be open at a time
    RouteConnections(int most) {
        this.most = most;
    }

    /// The connection to look at first; it stays where it is.
    @Nullable Connection first() {
        return ready.peekLast();
    }

    /// The one that has waited for longest.
    @Nullable Connection oldest() {
        return ready.peekFirst();
    }

    void remove(Connection connection) {
        if (connection.isOffered()) {
            connection.offered(false);
            // at one of the ends nearly always
            if (ready.peekLast() == connection) {
                ready.pollLast();
            } else {
                ready.remove(connection);
            }
        }
    }

    /// The receiver may have said how many conversations the connection takes.
    void noteSettled(Connection connection) {
        if (settling == connection && !connection.isSettling()) {
            settling = null;
        }
    }

    void offer(Connection connection) {
        if (!connection.isOffered() && connection.free() > 0) {
            connection.offered(true);
            ready.addLast(connection);
        }
    }

    /// Whether one more connection may be opened. Where the receiver speaks HTTP/2, one at a time.
    boolean mayOpen() {
        return open + opening < most && !(multiplexed && (opening > 0 || settling != null));
    }

    void opening() {
        opening++;
    }

    void failed() {
        opening--;
    }

    void opened(Connection connection) {
        opening--;
        open++;
        multiplexed = connection.isMultiplexed();
        if (connection.isSettling()) {
            settling = connection;
        }
    }

    void closed(Connection connection) {
        open--;
        remove(connection);
        if (settling == connection) {
            settling = null;
        }
    }

    boolean isMultiplexed() {
        return multiplexed;
    }

    void await(Conversation conversation) {
        waiting.addLast(conversation);
    }

    /// The one that has waited for longest and still does; it stays where it is.
    @Nullable Conversation nextWaiting() {
        while (!waiting.isEmpty() && waiting.getFirst().isOver()) {
            waiting.removeFirst();
        }
        return waiting.peekFirst();
    }

    void admitted() {
        waiting.removeFirst();
    }

    void notAdmitted(Conversation conversation) {
        waiting.addFirst(conversation);
    }

    /// Whether nothing is open, being opened, or waited for.
    boolean isUnused() {
        return open == 0 && opening == 0 && waiting.isEmpty();
    }
}
