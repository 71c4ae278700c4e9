package com.avoma.webhooks.delivery.sending;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The connections that are open and idle, by origin; the one used last is used next, so that
/// surplus ones grow old and are closed. Thread-safe.
final class ConnectionPool {
    /// Shorter than the keep-alive of the common servers, so that few requests meet a closed end.
    private static final long LONGEST_IDLE = Duration.ofSeconds(30).toNanos();

    /// Vetted again at the latest after this: a name may have moved meanwhile.
    private static final long LONGEST_LIFE = Duration.ofMinutes(5).toNanos();

    private static final int MOST_IDLE = 1024;

    private final Map<Origin, Deque<Idle>> idle = new HashMap<>();
    private int count;

    private record Origin(String host, int port) {}

    private record Idle(Channel channel, long since) {}

    /// An open connection, or null where there is none.
    synchronized @Nullable Channel take(Target target) {
        var origin = origin(target);
        var queue = idle.get(origin);
        if (queue == null) {
            return null;
        }
        Channel found = null;
        for (var last = queue.pollLast(); last != null; last = queue.pollLast()) {
            count--;
            if (last.channel().isActive() && !old(last.channel())) {
                found = last.channel();
                break;
            }
            last.channel().close();
        }
        if (queue.isEmpty()) {
            idle.remove(origin);
        }
        return found;
    }

    synchronized void put(Target target, Channel channel) {
        if (count >= MOST_IDLE || !channel.isActive() || old(channel)) {
            channel.close();
            return;
        }
        count++;
        idle.computeIfAbsent(origin(target), _ -> new ArrayDeque<>())
                .addLast(new Idle(channel, System.nanoTime()));
    }

    /// Closes what was idle for too long. Called every few seconds.
    synchronized void sweep() {
        long now = System.nanoTime();
        idle.values()
                .removeIf(queue -> {
                    queue.removeIf(one -> closedAsStale(one, now));
                    return queue.isEmpty();
                });
    }

    private boolean closedAsStale(Idle one, long now) {
        if (one.channel().isActive() && now - one.since() < LONGEST_IDLE && !old(one.channel())) {
            return false;
        }
        count--;
        one.channel().close();
        return true;
    }

    private static boolean old(Channel channel) {
        Long opened = channel.attr(Connector.OPENED).get();
        return opened != null && System.nanoTime() - opened > LONGEST_LIFE;
    }

    private static Origin origin(Target target) {
        return new Origin(target.host(), target.port());
    }
}
