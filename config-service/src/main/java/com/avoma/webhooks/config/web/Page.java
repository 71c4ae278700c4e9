package com.avoma.webhooks.config.web;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A part of a list, as the API answers it.
///
/// @param count of the whole list
/// @param next the whole address of the part after this one, null at the end
/// @param previous the whole address of the part before this one, null at the beginning
public record Page<T>(
        int count, @Nullable String next, @Nullable String previous, List<T> results) {

    /// What a part of a list does not show of it.
    ///
    /// @param count of the whole list
    /// @param behind whether it has anything on the other side of the window's border
    public record Extent(int count, boolean behind) {}

    /// Cuts a part out of a list. Stable while items come and go: parts border on keys, not on
    /// positions.
    ///
    /// @param key unique within the list; the order is that of the keys' characters
    /// @param address of the list, with its filters
    public static <T> Page<T> of(
            List<T> all, Function<T, String> key, Window window, String address) {
        var sorted = all.stream().sorted(Comparator.comparing(key)).toList();
        int from = 0;
        int to = Math.min(window.limit(), sorted.size());
        var border = window.key();
        if (border != null && window.forward()) {
            from = (int) sorted.stream().filter(i -> key.apply(i).compareTo(border) <= 0).count();
            to = Math.min(from + window.limit(), sorted.size());
        } else if (border != null) {
            to = (int) sorted.stream().filter(i -> key.apply(i).compareTo(border) < 0).count();
            from = Math.max(0, to - window.limit());
        }
        var results = sorted.subList(from, to);
        String next = null;
        String previous = null;
        if (!results.isEmpty()) {
            if (to < sorted.size()) {
                next = at(address, window.after(key.apply(results.getLast())));
            }
            if (from > 0) {
                previous = at(address, window.before(key.apply(results.getFirst())));
            }
        }
        return new Page<>(sorted.size(), next, previous, List.copyOf(results));
    }

    /// Makes a page of a part that the store has cut already, out of a list that only grows: what
    /// lay behind a border is there for ever.
    ///
    /// @param part as [#cut(Extent, List, Function, Window, String)] takes it
    public static <T> Page<T> cut(
            int count, List<T> part, Function<T, String> key, Window window, String address) {
        return cut(new Extent(count, window.key() != null), part, key, window, address);
    }

    /// Makes a page of a part that the store has cut already.
    ///
    /// @param part in the direction of the window, with one item more than its limit where there is
    ///   one
    public static <T> Page<T> cut(
            Extent extent, List<T> part, Function<T, String> key, Window window, String address) {
        boolean more = part.size() > window.limit();
        var results = new ArrayList<>(more ? part.subList(0, window.limit()) : part);
        if (!window.forward()) {
            Collections.reverse(results);
        }
        String next = null;
        String previous = null;
        if (!results.isEmpty()) {
            if (window.forward() ? more : extent.behind()) {
                next = at(address, window.after(key.apply(results.getLast())));
            }
            if (window.forward() ? extent.behind() : more) {
                previous = at(address, window.before(key.apply(results.getFirst())));
            }
        }
        return new Page<>(extent.count(), next, previous, List.copyOf(results));
    }

    /// The same part of a list of other things.
    public <R> Page<R> map(Function<T, R> answer) {
        return new Page<>(count, next, previous, results.stream().map(answer).toList());
    }

    private static String at(String address, Window window) {
        var query = window.query();
        return address + (address.contains("?") ? "&" + query.substring(1) : query);
    }
}
