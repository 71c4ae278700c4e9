package com.avoma.webhooks.config.maintenance;

import com.avoma.webhooks.common.secret.Purpose;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot.SigningSecret;
import com.avoma.webhooks.common.subscription.Subscription.ClientCertificate;
import com.avoma.webhooks.common.subscription.Subscription.CustomHeader;
import com.avoma.webhooks.config.setup.OrganizationSetup;
import com.avoma.webhooks.config.setup.Webhook;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Seals an organization's secrets with the keyset's primary key. What admins see stays the same,
/// versions and times included; a setup that is sealed so already comes back equal.
final class Reseal {
    private final SecretCipher cipher;

    Reseal(SecretCipher cipher) {
        this.cipher = cipher;
    }

    /// @throws com.avoma.webhooks.common.secret.SealBrokenException where no key opens one of them
    OrganizationSetup apply(OrganizationSetup setup) {
        var organization = setup.organization();
        return setup.withSigningSecrets(
                        setup.signingSecrets().stream()
                                .map(secret -> reseal(organization, secret))
                                .toList())
                .withWebhooks(
                        setup.webhooks().stream()
                                .map(webhook -> reseal(organization, webhook))
                                .toList());
    }

    private SigningSecret reseal(UUID organization, SigningSecret secret) {
        return new SigningSecret(
                cipher.reseal(secret.text(), organization, Purpose.SIGNING_SECRET), secret.until());
    }

    private Webhook reseal(UUID organization, Webhook webhook) {
        var fields = webhook.fields();
        var headers =
                fields.headers().stream().map(header -> reseal(organization, header)).toList();
        return new Webhook(
                webhook.uuid(),
                webhook.version(),
                new Webhook.Fields(
                        fields.name(),
                        fields.eventType(),
                        fields.targetUrl(),
                        fields.targetType(),
                        fields.teams(),
                        headers,
                        reseal(organization, fields.clientCertificate())),
                webhook.inactiveReason(),
                webhook.created(),
                webhook.modified());
    }

    private Webhook.@Nullable ClientCertificate reseal(
            UUID organization, Webhook.@Nullable ClientCertificate certificate) {
        if (certificate == null) {
            return null;
        }
        var pair = certificate.pair();
        var key = cipher.reseal(pair.privateKey(), organization, Purpose.CLIENT_KEY);
        return new Webhook.ClientCertificate(
                certificate.subject(),
                certificate.expiresAt(),
                new ClientCertificate(pair.certificates(), key));
    }

    private CustomHeader reseal(UUID organization, CustomHeader header) {
        return header.secret() == null
                ? header
                : new CustomHeader(
                        header.name(),
                        null,
                        cipher.reseal(header.secret(), organization, Purpose.HEADER_VALUE));
    }
}
