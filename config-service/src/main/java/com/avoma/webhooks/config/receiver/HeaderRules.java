package com.avoma.webhooks.config.receiver;

import com.avoma.webhooks.common.subscription.ReservedHeaders;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which custom headers there may be: RFC 9110's syntax, without the names that are the transport's
/// or this product's own.
public final class HeaderRules {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private final int longestName;
    private final int longestValue;

    /// @param longestName characters
    /// @param longestValue characters
    public HeaderRules(int longestName, int longestValue) {
        this.longestName = longestName;
        this.longestValue = longestValue;
    }

    /// The rule that a name breaks, or null.
    public @Nullable String nameFault(String name) {
        if (name.length() > longestName) {
            return "must be at most " + longestName + " characters";
        }
        if (!TOKEN.matcher(name).matches()) {
            return "must be a header name (RFC 9110): letters, digits and !#$%&'*+-.^_`|~";
        }
        if (ReservedHeaders.contains(name)) {
            return name + " is reserved: this service or its transport sets it";
        }
        return null;
    }

    /// The rule that a value breaks, or null. It does not repeat the value.
    public @Nullable String valueFault(String value) {
        if (value.length() > longestValue) {
            return "must be at most " + longestValue + " characters";
        }
        if (!value.chars().allMatch(c -> c == '\t' || c >= ' ' && c < 0x7f)) {
            return "must be printable ASCII (RFC 9110), without line breaks";
        }
        if (!value.strip().equals(value)) {
            return "must not begin or end with a space";
        }
        return null;
    }
}
