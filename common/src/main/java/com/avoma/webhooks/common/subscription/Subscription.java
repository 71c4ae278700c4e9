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
/// @param clientCertificate what is shown to a receiver that asks for a certificate; null: none
public record Subscription(
        UUID uuid,
        String eventType,
        String targetUrl,
        boolean active,
        Set<UUID> teamUuids,
        List<CustomHeader> headers,
        @Nullable ClientCertificate clientCertificate) {

    public Subscription {
        teamUuids = Set.copyOf(teamUuids);
        headers = List.copyOf(headers);
    }

    /// One without a client certificate.
    public Subscription(
            UUID uuid,
            String eventType,
            String targetUrl,
            boolean active,
            Set<UUID> teamUuids,
            List<CustomHeader> headers) {
        this(uuid, eventType, targetUrl, active, teamUuids, headers, null);
    }

    /// A certificate of this side of TLS.
    ///
    /// @param certificates the chain in PEM, the client's own certificate first
    /// @param privateKey its key in PEM (PKCS #8), sealed for
    ///   [com.avoma.webhooks.common.secret.Purpose#CLIENT_KEY]
    public record ClientCertificate(String certificates, SealedText privateKey) {}

    /// A header that the admin added. Exactly one of value and secret is there.
    ///
    /// @param value the value, where it may be shown
    /// @param secret the value where it may not, sealed for
    ///   [com.avoma.webhooks.common.secret.Purpose#HEADER_VALUE]
    public record CustomHeader(String name, @Nullable String value, @Nullable SealedText secret) {}
}
