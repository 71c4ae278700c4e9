package com.avoma.webhooks.config.webhook;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What came of reading a target URL. Nothing is looked up: an address is judged again when it is
/// connected to.
sealed interface TargetUrl {
    /// @param text as it is stored and sent to: ASCII only, the host's non-ASCII labels in punycode
    record Accepted(String text, String host) implements TargetUrl {}

    /// @param rule the one that it breaks
    record Rejected(String rule) implements TargetUrl {}

    Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*", Pattern.DOTALL);
    Pattern HTTPS = Pattern.compile("(?i)(https)://([^/?#]*)(.*)", Pattern.DOTALL);
    Pattern HOST_AND_PORT = Pattern.compile("(\\[[^\\]]*\\]|[^:]*)(?::([0-9]*))?");
    Pattern LABEL = Pattern.compile("(?i)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    Pattern NUMERIC = Pattern.compile("(?i)[0-9]+|0x[0-9a-f]*");
    Pattern DOTTED_QUAD = Pattern.compile(quad());
    int LONGEST_HOST = 253;

    /// Reads a URL.
    ///
    /// @param longest characters
    static TargetUrl of(String text, int longest) {
        if (text.length() > longest) {
            return new Rejected("must be at most " + longest + " characters");
        }
        if (text.chars().anyMatch(c -> c <= ' ' || c == 0x7f || c == '\\')) {
            return new Rejected("must not have spaces, control characters or backslashes");
        }
        var https = HTTPS.matcher(text);
        if (!https.matches()) {
            return new Rejected(
                    SCHEME.matcher(text).matches() && !text.regionMatches(true, 0, "https:", 0, 6)
                            ? "must use HTTPS"
                            : "must be a whole address that begins with https://");
        }
        var authority = https.group(2);
        var rest = https.group(3);
        if (authority.contains("@")) {
            return new Rejected("must not have a user name or password; use a header instead");
        }
        if (rest.contains("#")) {
            return new Rejected("must not have a fragment (#)");
        }
        var parts = HOST_AND_PORT.matcher(authority);
        if (!parts.matches()) {
            return new Rejected("must have a host and at most one port");
        }
        var port = parts.group(2);
        if (port != null && !isPort(port)) {
            return new Rejected("must have a port from 1 to 65535, or none");
        }
        var host = ascii(parts.group(1));
        var fault = host == null ? "must have a host that is a valid name" : hostFault(host);
        if (host == null || fault != null) {
            return new Rejected(String.valueOf(fault));
        }
        var whole = "https://" + host + (port == null ? "" : ":" + port) + rest;
        try {
            var uri = new URI(whole);
            if (uri.getHost() == null) {
                // a last label that begins with a digit: no such domain, and no address either
                return new Rejected("must have a host that is a valid name");
            }
            var stored = uri.toASCIIString();
            return stored.length() > longest
                    ? new Rejected("must be at most " + longest + " characters when encoded")
                    : new Accepted(stored, host);
        } catch (URISyntaxException e) {
            return new Rejected("must be a valid URL (RFC 3986): " + e.getReason());
        }
    }

    private static boolean isPort(String text) {
        if (text.isEmpty() || text.length() > 5) {
            return false;
        }
        int port = Integer.parseInt(text);
        return port >= 1 && port <= 65_535;
    }

    private static @Nullable String ascii(String host) {
        if (host.chars().allMatch(c -> c < 0x80)) {
            return host;
        }
        try {
            return IDN.toASCII(host).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private static @Nullable String hostFault(String host) {
        if (host.isEmpty()) {
            return "must have a host";
        }
        if (host.startsWith("[") && !host.endsWith("]")) {
            return "must have a valid IPv6 address";
        }
        if (host.startsWith("[")) {
            return ipv6Fault(host.substring(1, host.length() - 1).toLowerCase(Locale.ROOT));
        }
        var name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (name.length() > LONGEST_HOST) {
            return "must have a host of at most " + LONGEST_HOST + " characters";
        }
        var labels = name.split("\\.", -1);
        // 127.1, 0x7f000001 and 2130706433 all reach 127.0.0.1 through some resolvers
        if (NUMERIC.matcher(labels[labels.length - 1]).matches()) {
            return host.length() == name.length() && DOTTED_QUAD.matcher(name).matches()
                    ? null
                    : "must have an IPv4 address in its usual form, like 192.0.2.1";
        }
        for (var label : labels) {
            if (!LABEL.matcher(label).matches()) {
                return "must have a host of letters, digits and hyphens between dots";
            }
        }
        return null;
    }

    private static @Nullable String ipv6Fault(String address) {
        if (address.contains("%")) {
            return "must not have an IPv6 zone";
        }
        if (address.contains(".")) {
            return "must not have an IPv4 address in IPv6 form";
        }
        return address.matches("[0-9a-f:]{2,39}") ? null : "must have a valid IPv6 address";
    }

    private static String quad() {
        var octet = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
        return octet + "(\\." + octet + "){3}";
    }
}
