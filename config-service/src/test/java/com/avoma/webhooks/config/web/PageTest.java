package com.avoma.webhooks.config.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10, 50})
    void leadsThroughTheWholeListAndBack(int limit) {
        var all = IntStream.range(10, 20).mapToObj(Integer::toString).toList();
        List<String> forth = new ArrayList<>();
        var page = page(all, "?limit=" + limit);
        forth.addAll(page.results());
        while (page.next() != null) {
            page = page(all, page.next());
            forth.addAll(page.results());
        }
        List<String> back = new ArrayList<>(page.results());
        while (page.previous() != null) {
            page = page(all, page.previous());
            back.addAll(0, page.results());
        }

        assertThat(forth).isEqualTo(all);
        assertThat(back).isEqualTo(all);
    }

    @Test
    void staysInPlaceWhileItemsComeAndGo() {
        var page = page(List.of("1", "2", "3", "4"), "?limit=2");

        assertThat(page(List.of("0", "1", "3", "4"), page.next()).results())
                .containsExactly("3", "4");
    }

    @Test
    void isEmptyForAnEmptyList() {
        assertThat(page(List.of(), "")).isEqualTo(new Page<>(0, null, null, List.of()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10, 50})
    void leadsThroughWhatTheStoreCutsAndBack(int limit) {
        var all = IntStream.range(10, 20).mapToObj(Integer::toString).toList();
        List<String> forth = new ArrayList<>();
        var page = cut(all, "?limit=" + limit);
        forth.addAll(page.results());
        while (page.next() != null) {
            page = cut(all, page.next());
            forth.addAll(page.results());
        }
        List<String> back = new ArrayList<>(page.results());
        while (page.previous() != null) {
            page = cut(all, page.previous());
            back.addAll(0, page.results());
        }

        assertThat(forth).isEqualTo(all);
        assertThat(back).isEqualTo(all);
        assertThat(cut(List.of(), "")).isEqualTo(new Page<>(0, null, null, List.of()));
    }

    /// As a store does: one more than was asked for, away from the border.
    private static Page<String> cut(List<String> all, String address) {
        var window = window(address);
        var key = window.key();
        var part =
                (window.forward() ? all : all.reversed())
                        .stream()
                                .filter(item ->
                                        key == null
                                                || (window.forward()
                                                        ? item.compareTo(key) > 0
                                                        : item.compareTo(key) < 0))
                                .limit(window.limit() + 1)
                                .toList();
        return Page.cut(all.size(), part, Function.identity(), window, "http://a/list/");
    }

    private static Page<String> page(List<String> all, String address) {
        return Page.of(all, Function.identity(), window(address), "http://a/list/");
    }

    private static Window window(String address) {
        Map<String, List<String>> query = new HashMap<>();
        var text = URI.create(address.startsWith("http") ? address : "http://a/" + address);
        if (text.getQuery() != null) {
            for (var pair : text.getQuery().split("&")) {
                query.put(pair.split("=")[0], List.of(pair.split("=")[1]));
            }
        }
        return Window.of(query);
    }
}
