package com.avoma.webhooks.delivery.intake;

import java.util.HashMap;
import java.util.Map;

/// How many jobs are being worked on, in the process and for each webhook. The place where a
/// webhook's share will adapt to its latency and errors. Thread-safe.
public final class InFlight {
    private final int most;
    private final int mostPerWebhook;
    private final Map<String, Integer> byWebhook = new HashMap<>();
    private int count;

    public InFlight(int most, int mostPerWebhook) {
        this.most = most;
        this.mostPerWebhook = mostPerWebhook;
    }

    /// Starts one for the webhook, if there is room.
    synchronized boolean tryStart(String webhook) {
        if (count >= most || byWebhook.getOrDefault(webhook, 0) >= mostPerWebhook) {
            return false;
        }
        count++;
        byWebhook.merge(webhook, 1, Integer::sum);
        return true;
    }

    synchronized void end(String webhook) {
        count--;
        byWebhook.computeIfPresent(webhook, (_, share) -> share == 1 ? null : share - 1);
    }

    synchronized boolean isFull() {
        return count >= most;
    }

    public synchronized int count() {
        return count;
    }
}
