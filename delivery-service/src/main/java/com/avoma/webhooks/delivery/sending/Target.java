package com.avoma.webhooks.delivery.sending;

import java.net.URI;
import java.util.Locale;

/// Where a URL leads. Only HTTPS leads anywhere.
///
/// @param host lower case, an IPv6 address in brackets
/// @param path with the query
record Target(String host, int port, String path) {
    private static final int HTTPS_PORT = 443;

    /// @throws IllegalArgumentException where the URL is not a usable HTTPS URL; the message does
    ///   not repeat it, for it may carry a token
    static Target of(String url) {
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
        int port = hasPort ? port(authority.substring(colon + 1)) : HTTPS_PORT;
        var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new Target(
                host.toLowerCase(Locale.ROOT),
                port,
                uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    }

    /// The `Host` header.
    String authority() {
        return port == HTTPS_PORT ? host : host + ":" + port;
    }

    /// The host as TLS knows it: without brackets, and without the dot at the end.
    String serverName() {
        if (host.startsWith("[")) {
            return host.substring(1, host.length() - 1);
        }
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static int port(String text) {
        if (text.isEmpty()) {
            return HTTPS_PORT;
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
