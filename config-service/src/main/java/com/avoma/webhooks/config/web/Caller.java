package com.avoma.webhooks.config.web;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who sent a request.
///
/// @param organization everything the request sees and changes belongs to it
/// @param actor `key:` and the client key, or `user:` and the token's subject
/// @param address where it came from; null: not known
public record Caller(UUID organization, String actor, @Nullable String address) {
    private static final String KEY = "key:";
    private static final String USER = "user:";

    public static Caller key(UUID organization, String clientKey, @Nullable String address) {
        return new Caller(organization, KEY + clientKey, address);
    }

    public static Caller user(UUID organization, String subject, @Nullable String address) {
        return new Caller(organization, USER + subject, address);
    }

    /// Whether it is a script with an API key, not a person.
    public boolean byKey() {
        return actor.startsWith(KEY);
    }
}
