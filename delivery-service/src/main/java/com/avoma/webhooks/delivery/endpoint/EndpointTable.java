package com.avoma.webhooks.delivery.endpoint;

import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The latest snapshot of every organization. Fed by [EndpointListener], read by the pipeline on
/// any thread.
public final class EndpointTable {
    private final SecretCipher cipher;
    private final ConcurrentHashMap<UUID, OrganizationEndpoints> organizations =
            new ConcurrentHashMap<>();

    public EndpointTable(SecretCipher cipher) {
        this.cipher = cipher;
    }

    /// Takes a snapshot, unless a later one of the organization is there already.
    public void apply(OrganizationSnapshot snapshot) {
        organizations.compute(
                snapshot.organizationUuid(),
                (_, known) ->
                        known != null && !known.isNone() && known.revision() > snapshot.revision()
                                ? known
                                : OrganizationEndpoints.of(snapshot, cipher));
    }

    /// The organization has no configuration any more: its webhooks are deleted.
    public void remove(UUID organization) {
        organizations.put(organization, OrganizationEndpoints.none());
    }

    /// Whether it is known, under the given revision or a later one, that nothing is sent to the
    /// webhook: it is inactive or deleted.
    public boolean refuses(UUID organization, UUID webhook, long revision) {
        var known = organizations.get(organization);
        return known != null && known.revision() >= revision && known.refuses(webhook);
    }

    /// The endpoint of a webhook that is active under the given revision or a later one and was
    /// opened before; else null.
    @Nullable Endpoint ready(UUID organization, UUID webhook, long revision) {
        var known = organizations.get(organization);
        return known == null || known.revision() < revision ? null : known.opened(webhook);
    }

    /// What holds for a webhook, judged under the given revision or a later one.
    ///
    /// @throws com.avoma.webhooks.common.secret.SealBrokenException where the keyset does not open
    ///   the organization's secrets
    public Lookup find(UUID organization, UUID webhook, long revision) {
        var known = organizations.get(organization);
        return known == null || known.revision() < revision
                ? new Lookup.NotYet()
                : known.find(webhook);
    }
}
