package com.avoma.webhooks.config.replay;

import java.util.Map;
import java.util.TreeMap;

/// How far a topic has been read, and how far it is to be.
///
/// @param partitions by their number
public record Places(Map<Integer, Stretch> partitions) {
    /// @param next the offset to go on with
    /// @param end the offset to stop before
    public record Stretch(long next, long end) {
        boolean isRead() {
            return next >= end;
        }
    }

    public Places {
        partitions = Map.copyOf(partitions);
    }

    /// Whether there is nothing left to read.
    public boolean areRead() {
        return partitions.values().stream().allMatch(Stretch::isRead);
    }

    /// The same with positions that a reader has come to. It never goes back.
    Places at(Map<Integer, Long> positions) {
        var moved = new TreeMap<>(partitions);
        positions.forEach((partition, position) ->
                moved.computeIfPresent(
                        partition,
                        (_, stretch) ->
                                new Stretch(Math.max(stretch.next(), position), stretch.end())));
        return new Places(moved);
    }
}
