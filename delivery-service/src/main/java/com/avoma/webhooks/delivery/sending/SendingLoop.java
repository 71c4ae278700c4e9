package com.avoma.webhooks.delivery.sending;

import com.avoma.webhooks.delivery.sending.connection.ConnectionPool;
import com.avoma.webhooks.delivery.sending.connection.Connector;
import com.avoma.webhooks.delivery.sending.timing.Deadlines;
import io.netty.channel.EventLoop;

/// An event loop with the connections and deadlines that only it touches, so that nothing about an
/// attempt needs a lock.
record SendingLoop(EventLoop loop, ConnectionPool pool, Deadlines deadlines) {
    static SendingLoop of(EventLoop loop, Connector connector, ConnectionPool.Limits limits) {
        return new SendingLoop(
                loop, new ConnectionPool(loop, connector, limits), new Deadlines(loop));
    }
}
