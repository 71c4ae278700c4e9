package com.avoma.webhooks.config.maintenance;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// Who may ask for tasks: those who know the token, and where there is none this machine.
final class Operators {
    private static final String SCHEME = "Bearer ";

    private final byte @Nullable [] token;

    /// @param token null: there is none
    Operators(@Nullable String token) {
        this.token = token == null ? null : bytes(token);
    }

    /// @param from null: not known
    /// @param passedOn whether a proxy says that it speaks for somebody else
    /// @param authorization the header, null where it is not there
    boolean admit(@Nullable InetAddress from, boolean passedOn, @Nullable String authorization) {
        if (token == null) {
            return from != null && from.isLoopbackAddress() && !passedOn;
        }
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        token, bytes(authorization.substring(SCHEME.length()).strip()));
    }

    /// What somebody who is not admitted can do about it.
    String advice() {
        return token == null
                ? "Ask from this machine, or set webhooks.maintenance.token and send it as"
                        + " Authorization: Bearer."
                : "Send the value of webhooks.maintenance.token as Authorization: Bearer.";
    }

    private static byte[] bytes(String text) {
        return text.strip().getBytes(StandardCharsets.UTF_8);
    }
}
