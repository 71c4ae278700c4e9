package com.avoma.webhooks.common.property;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// Which keys a service does not know. What stands below a known prefix is judged by whoever binds
/// it; this is for prefixes that are misspelt, and would be passed over in silence.
public final class PropertyKeys {
    private static final String OURS = "webhooks";

    /// What the launcher of the quickstart marks its processes with.
    private static final String MARKS = "webhooks.quickstart";

    private PropertyKeys() {}

    /// The keys under `webhooks.` that are below none of the prefixes, in order and each once. Keys
    /// and prefixes are in canonical form: lower case, words joined by hyphens.
    public static List<String> unknown(Collection<String> keys, Collection<String> prefixes) {
        var unknown = new TreeSet<String>();
        for (var key : keys) {
            if (isBelow(key, OURS)
                    && !isBelow(key, MARKS)
                    && prefixes.stream().noneMatch(prefix -> isBelow(key, prefix))) {
                unknown.add(key);
            }
        }
        return List.copyOf(unknown);
    }

    /// Refuses unknown keys.
    ///
    /// @throws IllegalArgumentException that names them and the prefixes that there are
    public static void check(Collection<String> keys, Collection<String> prefixes) {
        var unknown = unknown(keys, prefixes);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    String.join(", ", unknown)
                            + ": unknown (expected: below "
                            + String.join(", ", new TreeSet<>(prefixes))
                            + ")");
        }
    }

    private static boolean isBelow(String key, String prefix) {
        return key.startsWith(prefix)
                && (key.length() == prefix.length()
                        || ".[".indexOf(key.charAt(prefix.length())) >= 0);
    }
}
