package com.avoma.webhooks.delivery.endpoint;

import com.avoma.webhooks.common.secret.Purpose;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.common.subscription.OrganizationSnapshot;
import com.avoma.webhooks.common.subscription.Subscription;
import com.avoma.webhooks.common.subscription.Subscription.ClientCertificate;
import com.avoma.webhooks.common.subscription.Subscription.CustomHeader;
import com.avoma.webhooks.delivery.sending.Request.Header;
import com.avoma.webhooks.delivery.sending.tls.ClientIdentity;
import com.avoma.webhooks.delivery.signing.Signer.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One snapshot, its secrets opened when they are first needed and kept until the next one.
final class OrganizationEndpoints {
    private final long revision;
    private final Map<UUID, Subscription> webhooks;
    private final Function<Subscription, Endpoint> open;
    private final ConcurrentHashMap<UUID, Endpoint> opened = new ConcurrentHashMap<>();

    private OrganizationEndpoints(
            long revision,
            Map<UUID, Subscription> webhooks,
            Function<Subscription, Endpoint> open) {
        this.revision = revision;
        this.webhooks = webhooks;
        this.open = open;
    }

    static OrganizationEndpoints of(OrganizationSnapshot snapshot, SecretCipher cipher) {
        Map<UUID, Subscription> webhooks = new HashMap<>();
        snapshot.webhooks().forEach(webhook -> webhooks.put(webhook.uuid(), webhook));
        return new OrganizationEndpoints(
                snapshot.revision(), webhooks, webhook -> endpoint(snapshot, webhook, cipher));
    }

    /// An organization without webhooks, later than any revision.
    static OrganizationEndpoints none() {
        return new OrganizationEndpoints(
                Long.MAX_VALUE,
                Map.of(),
                webhook -> {
                    throw new IllegalStateException("no webhook " + webhook.uuid());
                });
    }

    /// Whether this stands for a tombstone. What comes after it on the topic holds.
    boolean isNone() {
        return revision == Long.MAX_VALUE;
    }

    long revision() {
        return revision;
    }

    Lookup find(UUID uuid) {
        var webhook = webhooks.get(uuid);
        if (webhook == null) {
            return new Lookup.Deleted();
        }
        return webhook.active()
                ? new Lookup.Known(opened.computeIfAbsent(uuid, _ -> open.apply(webhook)))
                : new Lookup.Inactive(webhook.targetUrl(), () -> open.apply(webhook));
    }

    /// The endpoint of an active webhook that was found before; else null.
    @Nullable Endpoint opened(UUID uuid) {
        return opened.get(uuid);
    }

    /// Whether nothing is sent to the webhook.
    boolean refuses(UUID uuid) {
        var webhook = webhooks.get(uuid);
        return webhook == null || !webhook.active();
    }

    private static Endpoint endpoint(
            OrganizationSnapshot snapshot, Subscription webhook, SecretCipher cipher) {
        var organization = snapshot.organizationUuid();
        List<Header> headers = new ArrayList<>();
        for (var header : webhook.headers()) {
            headers.add(new Header(header.name(), value(header, organization, cipher)));
        }
        List<Secret> secrets = new ArrayList<>();
        for (var secret : snapshot.signingSecrets()) {
            var text = cipher.open(secret.text(), organization, Purpose.SIGNING_SECRET);
            secrets.add(new Secret(text, secret.until()));
        }
        return new Endpoint(
                webhook.targetUrl(),
                headers,
                secrets,
                identity(webhook.clientCertificate(), organization, cipher));
    }

    private static @Nullable ClientIdentity identity(
            @Nullable ClientCertificate certificate, UUID organization, SecretCipher cipher) {
        return certificate == null
                ? null
                : new ClientIdentity(
                        certificate.certificates(),
                        cipher.open(certificate.privateKey(), organization, Purpose.CLIENT_KEY));
    }

    private static String value(CustomHeader header, UUID organization, SecretCipher cipher) {
        @Nullable String value = header.value();
        if (value != null) {
            return value;
        }
        return header.secret() == null
                ? ""
                : cipher.open(header.secret(), organization, Purpose.HEADER_VALUE);
    }
}
