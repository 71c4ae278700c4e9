package com.avoma.webhooks.config.setup;

import com.avoma.webhooks.common.directory.Plan;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot.SigningSecret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Everything an organization has set up that routing and delivery depend on. A change is a
/// function from one to the next.
///
/// @param plan as the directory has it; null: the directory does not have the organization
/// @param signingSecrets newest first, those whose time is over included
/// @param webhooks in no order
public record OrganizationSetup(
        UUID organization,
        @Nullable Plan plan,
        List<SigningSecret> signingSecrets,
        List<Webhook> webhooks) {

    public OrganizationSetup {
        signingSecrets = List.copyOf(signingSecrets);
        webhooks = List.copyOf(webhooks);
    }

    public Optional<Webhook> webhook(UUID uuid) {
        return webhooks.stream().filter(webhook -> webhook.uuid().equals(uuid)).findFirst();
    }

    /// How many webhooks of a trigger event fit the condition.
    public long count(TriggerEvent event, Predicate<Webhook> condition) {
        return webhooks.stream()
                .filter(webhook -> webhook.fields().eventType() == event)
                .filter(condition)
                .count();
    }

    /// With the webhook added, or in the place of the one of the same uuid.
    public OrganizationSetup with(Webhook webhook) {
        var others = without(webhook.uuid()).webhooks.stream();
        return withWebhooks(Stream.concat(others, Stream.of(webhook)).toList());
    }

    public OrganizationSetup without(UUID uuid) {
        return withWebhooks(
                webhooks.stream().filter(webhook -> !webhook.uuid().equals(uuid)).toList());
    }

    public OrganizationSetup withWebhooks(List<Webhook> webhooks) {
        return new OrganizationSetup(organization, plan, signingSecrets, webhooks);
    }

    public OrganizationSetup withSigningSecrets(List<SigningSecret> signingSecrets) {
        return new OrganizationSetup(organization, plan, signingSecrets, webhooks);
    }

    /// What the other services get to know of it.
    public OrganizationSnapshot snapshot(long revision, Instant at) {
        return new OrganizationSnapshot(
                organization,
                revision,
                at,
                signingSecrets.stream()
                        .filter(secret -> secret.until() == null || secret.until().isAfter(at))
                        .toList(),
                webhooks.stream().sorted(Webhook.OLDEST_FIRST).map(Webhook::subscription).toList());
    }
}
