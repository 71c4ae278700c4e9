package com.avoma.webhooks.delivery.intake;

import java.util.UUID;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The order in which a partition is read: forward, past what would only lengthen a long line, and
/// back to that when the line has become short. So a webhook's backlog stands in nobody's way,
/// costs no write and little memory: a record of it is read twice. Not thread-safe.
///
/// What is passed over counts as read and not done, so no commit goes past it.
final class Course {
    private static final Logger log = LoggerFactory.getLogger(Course.class);

    /// To a line up to this length everything is added: where it does not move it is put off.
    private static final int SHORT_LINE = 16;

    /// The part of what its webhook is thought to start in time that a line may hold: it may come
    /// to take twice as long for each before any of them has to be put off.
    private static final int SURE = 2;

    /// Of all lines of a partition together, in records.
    private static final int ROOM = 500;

    /// The part of its room to which a line must have shrunk for its webhook to be gone back for.
    private static final int LOW = 4;

    private static final long FORWARD = -1;

    private final Lane<?> lane;
    private final ToIntFunction<UUID> movable;
    private final PassedOver passed = new PassedOver();
    private long next = FORWARD;

    /// @param movable how many of a webhook's jobs start within the time that a job may wait for
    ///   its turn; 0 where they are to be put off
    Course(Lane<?> lane, ToIntFunction<UUID> movable) {
        this.lane = lane;
        this.movable = movable;
    }

    /// Whether a record that was read is one that may come: nothing stands at an offset twice,
    /// unless it is read again.
    boolean expects(long offset) {
        return offset >= lane.window().end() || (isBack() && offset >= next);
    }

    /// Takes note of a record that was read.
    ///
    /// @return whether it is to be added to the lane now
    boolean keeps(long offset, UUID webhook) {
        return offset < lane.window().end()
                ? keepsAgain(offset, webhook)
                : keepsForward(offset, webhook);
    }

    private boolean keepsForward(long offset, UUID webhook) {
        if (isBack()) {
            lose(lane.window().end());
            next = FORWARD;
        }
        if (!lane.window().receive(offset)) {
            return false;
        }
        if (passesAll() || (!passed.contains(webhook) && hasRoom(webhook))) {
            return true;
        }
        passed.add(webhook, offset);
        return false;
    }

    private boolean keepsAgain(long offset, UUID webhook) {
        lose(offset);
        next = offset + 1;
        if (passed.isFirst(webhook, offset) && (passesAll() || hasRoom(webhook))) {
            passed.removeFirst(webhook);
            return true;
        }
        return false;
    }

    /// How many offsets were never read.
    ///
    /// @param ahead of the consumer's position
    long unread(long ahead) {
        return isBack() ? Math.max(0, next + ahead - lane.window().end()) : ahead;
    }

    /// Whether what was passed over is being read again.
    boolean isBack() {
        return next != FORWARD;
    }

    /// Says where to read on from.
    ///
    /// @return the offset; negative where the reading just goes on
    long turn() {
        if (!isBack()) {
            next = firstWithRoom(0, LOW);
            return next;
        }
        if (firstWithRoom(next, 1) != FORWARD) {
            return FORWARD;
        }
        next = FORWARD;
        return lane.window().end();
    }

    /// @param part of its room that a line may fill
    private long firstWithRoom(long from, int part) {
        long first = FORWARD;
        for (var webhook : passed.webhooks()) {
            long of = passed.first(webhook);
            if (of >= from
                    && (first == FORWARD || of < first)
                    && lane.line(webhook) * part < room(webhook)) {
                first = of;
            }
        }
        return first;
    }

    private boolean hasRoom(UUID webhook) {
        int line = lane.line(webhook);
        return line < SHORT_LINE || line < room(webhook);
    }

    /// How long a webhook's line may become.
    private int room(UUID webhook) {
        if (lane.isHalfFull()) {
            return SHORT_LINE;
        }
        int share = Math.max(SHORT_LINE, ROOM / Math.max(1, lane.lines()));
        int moves = movable.applyAsInt(webhook);
        // of one that hardly moves as much is taken as there is room for, and put off
        return moves < SHORT_LINE ? share : Math.min(share, Math.max(SHORT_LINE, moves / SURE));
    }

    /// Whether nothing may be passed over now: offsets that are done must fit into a commit.
    private boolean passesAll() {
        return !lane.bounds().passing() || passed.isFull() || lane.window().isCrowded();
    }

    /// What should have come again before the offset and did not is gone.
    private void lose(long before) {
        int lost = passed.removeBetween(next, before, lane.window()::done);
        if (lost > 0) {
            log.error(
                    "jobs.lost from={} before={} jobs={}: retention took them", next, before, lost);
        }
    }
}
