package com.avoma.webhooks.delivery.sending.egress;

/// A host and a port.
///
/// @param host lower case, an IPv6 address in brackets
public record Origin(String host, int port) {
    static final int HTTPS_PORT = 443;

    /// The `Host` header, or `:authority`.
    public String authority() {
        return port == HTTPS_PORT ? host : host + ":" + port;
    }

    /// The host as TLS knows it: without brackets, and without the dot at the end.
    public String serverName() {
        if (host.startsWith("[")) {
            return host.substring(1, host.length() - 1);
        }
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}
