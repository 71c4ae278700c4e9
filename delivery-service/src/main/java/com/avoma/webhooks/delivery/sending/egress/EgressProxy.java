package com.avoma.webhooks.delivery.sending.egress;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A CONNECT proxy on the way out.
///
/// @param authorization the value of `Proxy-Authorization`; null: none
public record EgressProxy(String host, int port, @Nullable String authorization) {
    private static final String EXPECTED = "egress.proxy: not a proxy (expected: http://host:port)";

    /// Reads `http://host:port` or `http://user:password@host:port`.
    ///
    /// @throws IllegalArgumentException where it is neither; the message does not repeat it, for it
    ///   may carry a password
    public static EgressProxy of(String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException(EXPECTED);
        }
        if (!"http".equalsIgnoreCase(uri.getScheme())
                || uri.getHost() == null
                || uri.getPort() <= 0
                || !(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new IllegalArgumentException(EXPECTED);
        }
        return new EgressProxy(uri.getHost(), uri.getPort(), basic(uri.getUserInfo()));
    }

    private static @Nullable String basic(@Nullable String userInfo) {
        return userInfo == null
                ? null
                : "Basic "
                        + Base64.getEncoder()
                                .encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    /// Without the credentials.
    @Override
    public String toString() {
        return "http://" + host + ":" + port;
    }
}
