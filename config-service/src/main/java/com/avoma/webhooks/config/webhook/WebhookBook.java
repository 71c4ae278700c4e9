package com.avoma.webhooks.config.webhook;

import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.common.secret.Purpose;
import com.avoma.webhooks.common.secret.SecretCipher;
import com.avoma.webhooks.common.subscription.Subscription.ClientCertificate;
import com.avoma.webhooks.common.subscription.Subscription.CustomHeader;
import com.avoma.webhooks.config.plan.PlanLimits;
import com.avoma.webhooks.config.setup.Edited;
import com.avoma.webhooks.config.setup.InactiveReason;
import com.avoma.webhooks.config.setup.OrganizationSetup;
import com.avoma.webhooks.config.setup.Webhook;
import com.avoma.webhooks.config.web.RefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What requests make of an organization's webhooks. Every method is a change for
/// [com.avoma.webhooks.config.change.SetupEditor] and touches no other webhook.
final class WebhookBook {
    private static final String PATH = "webhook";

    private final PlanLimits limits;
    private final SecretCipher cipher;
    private final int longestName;

    WebhookBook(PlanLimits limits, SecretCipher cipher, LimitProperties properties) {
        this.limits = limits;
        this.cipher = cipher;
        this.longestName = properties.name();
    }

    /// Adds a webhook.
    ///
    /// @param request has an event type and a target URL
    Edited<Webhook> create(
            OrganizationSetup setup, UUID uuid, WebhookRequest request, Instant now) {
        var event = Objects.requireNonNull(request.eventType());
        var url = Objects.requireNonNull(request.targetUrl());
        limits.admitOneMore(setup, event);
        var teams = request.teams();
        var fields =
                new Webhook.Fields(
                        request.name() == null ? defaultName(event, url.text()) : request.name(),
                        event,
                        url.text(),
                        WebhookReader.TARGET_ORGANIZATION,
                        teams == null ? Set.of() : teams,
                        headers(setup.organization(), request.headers(), List.of()),
                        certificate(setup.organization(), request, null));
        var reason = Boolean.FALSE.equals(request.active()) ? InactiveReason.ADMIN : null;
        var webhook = new Webhook(uuid, 1, fields, reason, now, now);
        return new Edited<>(setup.with(webhook), webhook);
    }

    /// Changes what the request mentions.
    ///
    /// @param expected what `If-Match` asks of the webhook as it is
    Edited<Webhook> patch(
            OrganizationSetup setup,
            UUID uuid,
            WebhookRequest request,
            Predicate<Webhook> expected,
            Instant now) {
        var webhook = find(setup, uuid, expected);
        var fields = fields(setup, webhook.fields(), request);
        var reason = reason(webhook, request.active());
        var others = setup.without(uuid);
        if (fields.eventType() != webhook.fields().eventType()) {
            limits.admitOneMore(others, fields.eventType());
        }
        if (reason == null
                && (!webhook.active() || fields.eventType() != webhook.fields().eventType())) {
            limits.admitActive(others, fields.eventType());
        }
        if (fields.equals(webhook.fields()) && reason == webhook.inactiveReason()) {
            return new Edited<>(setup, webhook);
        }
        var changed = webhook.changed(fields, reason, now);
        return new Edited<>(setup.with(changed), changed);
    }

    /// Deletes a webhook.
    Edited<Webhook> delete(OrganizationSetup setup, UUID uuid, Predicate<Webhook> expected) {
        var webhook = find(setup, uuid, expected);
        return new Edited<>(setup.without(uuid), webhook);
    }

    private static Webhook find(OrganizationSetup setup, UUID uuid, Predicate<Webhook> expected) {
        var webhook = setup.webhook(uuid).orElseThrow(() -> RefusedException.notFound(PATH));
        if (!expected.test(webhook)) {
            throw RefusedException.stale();
        }
        return webhook;
    }

    private Webhook.Fields fields(
            OrganizationSetup setup, Webhook.Fields old, WebhookRequest request) {
        var event = request.eventType() == null ? old.eventType() : request.eventType();
        var url = request.targetUrl() == null ? old.targetUrl() : request.targetUrl().text();
        var name = request.name() == null ? old.name() : request.name();
        var teams = request.teams() == null ? old.teams() : request.teams();
        return new Webhook.Fields(
                request.resetName() ? defaultName(event, url) : name,
                event,
                url,
                old.targetType(),
                teams,
                request.headers() == null
                        ? old.headers()
                        : headers(setup.organization(), request.headers(), old.headers()),
                certificate(setup.organization(), request, old.clientCertificate()));
    }

    private Webhook.@Nullable ClientCertificate certificate(
            UUID organization, WebhookRequest request, Webhook.@Nullable ClientCertificate old) {
        var asked = request.clientCertificate();
        if (asked == null) {
            return request.noClientCertificate() ? null : old;
        }
        var key = cipher.seal(asked.privateKey(), organization, Purpose.CLIENT_KEY);
        return new Webhook.ClientCertificate(
                asked.subject(),
                asked.expiresAt(),
                new ClientCertificate(asked.certificates(), key));
    }

    private static @Nullable InactiveReason reason(Webhook webhook, @Nullable Boolean active) {
        if (active == null) {
            return webhook.inactiveReason();
        }
        if (active) {
            return null;
        }
        return webhook.active() ? InactiveReason.ADMIN : webhook.inactiveReason();
    }

    /// The public API has no name: the label of the event and the host say what it is for.
    private String defaultName(TriggerEvent event, String url) {
        var authority = url.substring("https://".length()).split("[/?]", 2)[0];
        var name = event.label() + " to " + authority;
        return name.length() <= longestName ? name : name.substring(0, longestName);
    }

    private List<CustomHeader> headers(
            UUID organization,
            @Nullable List<WebhookRequest.Header> requested,
            List<CustomHeader> old) {
        List<CustomHeader> headers = new ArrayList<>();
        for (var header : requested == null ? List.<WebhookRequest.Header>of() : requested) {
            var value = header.value();
            if (!header.secret()) {
                headers.add(new CustomHeader(header.name(), Objects.requireNonNull(value), null));
            } else if (value != null) {
                var sealed = cipher.seal(value, organization, Purpose.HEADER_VALUE);
                headers.add(new CustomHeader(header.name(), null, sealed));
            } else {
                headers.add(kept(header.name(), headers.size(), old));
            }
        }
        return headers;
    }

    /// A secret whose value a request cannot know goes on as it was.
    private static CustomHeader kept(String name, int index, List<CustomHeader> old) {
        return old.stream()
                .filter(header -> header.secret() != null && header.name().equalsIgnoreCase(name))
                .findFirst()
                .map(header -> new CustomHeader(name, null, header.secret()))
                .orElseThrow(() ->
                        RefusedException.invalid(
                                "headers[" + index + "].value",
                                "is required: there is no secret " + name + " to keep"));
    }
}
