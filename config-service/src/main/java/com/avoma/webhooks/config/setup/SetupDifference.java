package com.avoma.webhooks.config.setup;

import com.avoma.webhooks.common.subscription.OrganizationSnapshot.SigningSecret;
import com.avoma.webhooks.common.subscription.Subscription.CustomHeader;
import com.avoma.webhooks.config.audit.AuditEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What differs between two setups, as the audit log has it. No header's value is in it, for what
/// is written there stays, and many a value is a password that nobody marked as one. Of a client
/// certificate there is what admins see of it.
public final class SetupDifference {
    private static final String CERTIFICATE = "client_certificate";

    private SetupDifference() {}

    /// @param secretAction what a change of the signing secret is called; null: as it looks
    public static List<AuditEntry> between(
            OrganizationSetup before, OrganizationSetup after, @Nullable String secretAction) {
        List<AuditEntry> entries = new ArrayList<>();
        for (var webhook : after.webhooks().stream().sorted(Webhook.OLDEST_FIRST).toList()) {
            var old = before.webhook(webhook.uuid()).orElse(null);
            if (!webhook.equals(old)) {
                entries.add(
                        webhook(old == null ? "webhook.created" : "webhook.updated", old, webhook));
            }
        }
        for (var webhook : before.webhooks().stream().sorted(Webhook.OLDEST_FIRST).toList()) {
            if (after.webhook(webhook.uuid()).isEmpty()) {
                entries.add(webhook("webhook.deleted", webhook, null));
            }
        }
        if (!after.signingSecrets().equals(before.signingSecrets())) {
            entries.add(secret(before.signingSecrets(), after.signingSecrets(), secretAction));
        }
        return entries;
    }

    private static AuditEntry webhook(
            String action, @Nullable Webhook before, @Nullable Webhook after) {
        var changes = new LinkedHashMap<>(AuditEntry.changes(fields(before), fields(after)));
        if (before != null && after != null && !headers(before).equals(headers(after))) {
            changes.put("headers", new AuditEntry.Change(masked(before), masked(after)));
        }
        if (before != null && after != null && !certificate(before).equals(certificate(after))) {
            changes.put(
                    CERTIFICATE,
                    new AuditEntry.Change(maskedCertificate(before), maskedCertificate(after)));
        }
        var uuid = before != null ? before.uuid() : after != null ? after.uuid() : null;
        return new AuditEntry(action, "webhooks/" + uuid, changes);
    }

    private static AuditEntry secret(
            List<SigningSecret> before, List<SigningSecret> after, @Nullable String action) {
        Map<String, AuditEntry.Change> changes = new LinkedHashMap<>();
        if (!before.isEmpty() || !after.isEmpty()) {
            changes.put("signing_secret", new AuditEntry.Change(mask(before), mask(after)));
        }
        var overlaps = AuditEntry.changes(overlap(before), overlap(after));
        changes.putAll(overlaps);
        var asItLooks = after.isEmpty() ? "signing_secret.deleted" : "signing_secret.set";
        return new AuditEntry(
                action == null ? asItLooks : action, "webhooks/signing-secret", changes);
    }

    private static @Nullable String mask(List<SigningSecret> secrets) {
        return secrets.isEmpty() ? null : AuditEntry.MASK;
    }

    private static Map<String, Object> overlap(List<SigningSecret> secrets) {
        return secrets.stream()
                .flatMap(secret ->
                        secret.until() == null
                                ? java.util.stream.Stream.of()
                                : java.util.stream.Stream.of(secret.until()))
                .findFirst()
                .map(until -> Map.<String, Object>of("overlap_until", until))
                .orElse(Map.of());
    }

    /// As the API names them.
    private static Map<String, Object> fields(@Nullable Webhook webhook) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (webhook == null) {
            return fields;
        }
        var written = webhook.fields();
        fields.put("name", written.name());
        fields.put("event_type", written.eventType().name());
        fields.put("target_url", written.targetUrl());
        fields.put("target_type", written.targetType());
        fields.put("is_active", webhook.active());
        if (webhook.inactiveReason() != null) {
            fields.put("inactive_reason", webhook.inactiveReason().wireName());
        }
        fields.put("teams", written.teams().stream().sorted().toList());
        fields.put("headers", masked(webhook));
        if (written.clientCertificate() != null) {
            fields.put(CERTIFICATE, maskedCertificate(webhook));
        }
        return fields;
    }

    private static Optional<Webhook.ClientCertificate> certificate(Webhook webhook) {
        return Optional.ofNullable(webhook.fields().clientCertificate());
    }

    private static @Nullable Map<String, Object> maskedCertificate(Webhook webhook) {
        var certificate = webhook.fields().clientCertificate();
        if (certificate == null) {
            return null;
        }
        Map<String, Object> masked = new LinkedHashMap<>();
        masked.put("subject", certificate.subject());
        masked.put("expires_at", certificate.expiresAt());
        masked.put("private_key", AuditEntry.MASK);
        return masked;
    }

    private static List<CustomHeader> headers(Webhook webhook) {
        return webhook.fields().headers();
    }

    private static List<Map<String, String>> masked(Webhook webhook) {
        return headers(webhook).stream().map(SetupDifference::masked).toList();
    }

    private static Map<String, String> masked(CustomHeader header) {
        Map<String, String> masked = new LinkedHashMap<>();
        masked.put("name", header.name());
        masked.put("value", AuditEntry.MASK);
        return masked;
    }
}
