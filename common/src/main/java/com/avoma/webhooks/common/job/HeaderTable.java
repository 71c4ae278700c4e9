package com.avoma.webhooks.common.job;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The headers of one record, gone through once and asked for many times; of two with a name the
/// last one holds.
public final class HeaderTable {
    private static final int USUAL = 16;

    private String[] names = new String[USUAL];
    private byte[] @Nullable [] values = new byte[USUAL][];
    private int size;

    HeaderTable() {}

    /// Adds the next header.
    void take(String name, byte @Nullable [] value) {
        if (size == names.length) {
            names = Arrays.copyOf(names, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        names[size] = name;
        values[size] = value;
        size++;
    }

    /// The text of a header; null where it is absent or has no value.
    public @Nullable String get(String name) {
        for (int i = size - 1; i >= 0; i--) {
            if (names[i].equals(name)) {
                var value = values[i];
                return value == null ? null : new String(value, StandardCharsets.UTF_8);
            }
        }
        return null;
    }
}
