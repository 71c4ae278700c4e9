package com.avoma.webhooks.config.setup;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.subscription.Subscription;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A webhook as its admins see it, header secrets sealed.
///
/// @param version grows by one with each change of it; the ETag
/// @param inactiveReason null while it is active
/// @param teams whose members' events trigger it; empty: all members
public record Webhook(
        UUID uuid,
        long version,
        Fields fields,
        @Nullable InactiveReason inactiveReason,
        Instant created,
        Instant modified) {

    /// Oldest first, the order in which a plan's limit is used up.
    public static final Comparator<Webhook> OLDEST_FIRST =
            Comparator.comparing(Webhook::created).thenComparing(Webhook::uuid);

    /// What an admin writes.
    ///
    /// @param targetType 2: the organization
    /// @param teams empty: all members
    /// @param clientCertificate null: none
    public record Fields(
            String name,
            TriggerEvent eventType,
            String targetUrl,
            int targetType,
            Set<UUID> teams,
            List<Subscription.CustomHeader> headers,
            @Nullable ClientCertificate clientCertificate) {

        public Fields {
            teams = Set.copyOf(teams);
            headers = List.copyOf(headers);
        }

        /// Those of a webhook without a client certificate.
        public Fields(
                String name,
                TriggerEvent eventType,
                String targetUrl,
                int targetType,
                Set<UUID> teams,
                List<Subscription.CustomHeader> headers) {
            this(name, eventType, targetUrl, targetType, teams, headers, null);
        }
    }

    /// What it shows to a receiver that asks for a certificate.
    ///
    /// @param subject of the certificate
    /// @param expiresAt when the certificate does
    /// @param pair the certificate and its key, sealed
    public record ClientCertificate(
            String subject, Instant expiresAt, Subscription.ClientCertificate pair) {}

    public boolean active() {
        return inactiveReason == null;
    }

    /// The next version of it. The time is that of the change.
    public Webhook changed(Fields fields, @Nullable InactiveReason reason, Instant at) {
        return new Webhook(uuid, version + 1, fields, reason, created, at);
    }

    /// What routing and delivery need of it.
    Subscription subscription() {
        return new Subscription(
                uuid,
                fields.eventType().name(),
                fields.targetUrl(),
                active(),
                fields.teams(),
                fields.headers(),
                fields.clientCertificate() == null ? null : fields.clientCertificate().pair());
    }
}
