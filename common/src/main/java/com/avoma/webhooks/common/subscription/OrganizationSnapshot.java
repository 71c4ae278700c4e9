package com.avoma.webhooks.common.subscription;

import com.avoma.webhooks.common.secret.SealedText;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A record of `webhook-config`, keyed by organization: everything that routing and delivery need
/// of one organization, at one revision.
///
/// @param revision grows by one with each change of the organization's configuration; of two
///   snapshots the one with the larger revision holds
/// @param signingSecrets newest first, which alone makes `X-Avoma-Signature`; empty: nothing is
///   signed
/// @param publishedAt when config-service took the snapshot
public record OrganizationSnapshot(
        UUID organizationUuid,
        long revision,
        Instant publishedAt,
        List<SigningSecret> signingSecrets,
        List<Subscription> webhooks) {

    public OrganizationSnapshot {
        signingSecrets = List.copyOf(signingSecrets);
        webhooks = List.copyOf(webhooks);
    }

    /// A signing secret.
    ///
    /// @param text the secret, sealed for [com.avoma.webhooks.common.secret.Purpose#SIGNING_SECRET]
    /// @param until when it no longer signs; null: as long as it is the newest
    public record SigningSecret(SealedText text, @Nullable Instant until) {}
}
