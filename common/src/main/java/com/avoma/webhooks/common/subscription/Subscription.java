package com.avoma.webhooks.common.subscription;

import com.avoma.webhooks.common.secret.SealedText;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One webhook of a snapshot.
///
/// @param eventType the wire's `event_type`; text, so that an older service reads a snapshot that
///   names a newer trigger event
/// @param teamUuids the teams whose members' events trigger it; empty: all members
/// @param active whether it is sent to at all
public record Subscription(
        UUID uuid,
        String eventType,
        String targetUrl,
        boolean active,
        Set<UUID> teamUuids,
        List<CustomHeader> headers) {

    public Subscription {
        teamUuids = Set.copyOf(teamUuids);
        headers = List.copyOf(headers);
    }

    /// A header that the admin added. Exactly one of value and secret is there.
    ///
    /// @param value the value, where it may be shown
    /// @param secret the value where it may not, sealed for
    ///   [com.avoma.webhooks.common.secret.Purpose#HEADER_VALUE]
    public record CustomHeader(String name, @Nullable String value, @Nullable SealedText secret) {}
}
