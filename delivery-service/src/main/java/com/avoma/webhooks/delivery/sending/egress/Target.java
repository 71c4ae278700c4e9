package com.avoma.webhooks.delivery.sending.egress;

import java.net.URI;
import java.util.Locale;

/// Where a URL leads. Only HTTPS leads anywhere.
///
/// @param authority the `Host` header, or `:authority`
/// @param path with the query
public record Target(Origin origin, String authority, String path) {
    /// @throws IllegalArgumentException where the URL is not a usable HTTPS URL; the message does
    ///   not repeat it, for it may carry a token
    public static Target of(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("The target is not a URL");
        }
        if (!"https".equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException("The target is not an HTTPS URL");
        }
        var authority = uri.getRawAuthority();
        if (authority == null || authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException("The target has no host, or carries credentials");
        }
        int colon = authority.lastIndexOf(':');
        boolean hasPort = colon > authority.lastIndexOf(']');
        var host = hasPort ? authority.substring(0, colon) : authority;
        int port = hasPort ? port(authority.substring(colon + 1)) : Origin.HTTPS_PORT;
        var origin = new Origin(host.toLowerCase(Locale.ROOT), port);
        var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new Target(
                origin,
                origin.authority(),
                uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    }

    private static int port(String text) {
        if (text.isEmpty()) {
            return Origin.HTTPS_PORT;
        }
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException _) {
            // told below
        }
        throw new IllegalArgumentException("The target's port is not a port");
    }
}
