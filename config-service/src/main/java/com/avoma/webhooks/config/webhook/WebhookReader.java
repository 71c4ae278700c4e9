package com.avoma.webhooks.config.webhook;

import com.avoma.webhooks.common.egress.AddressPolicy;
import com.avoma.webhooks.common.event.TriggerEvent;
import com.avoma.webhooks.config.receiver.ClientCertificatePem;
import com.avoma.webhooks.config.receiver.HeaderRules;
import com.avoma.webhooks.config.receiver.TargetUrl;
import com.avoma.webhooks.config.web.JsonBody;
import com.avoma.webhooks.config.web.Names;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads webhooks out of requests. Each `read` method refuses in the body what breaks a rule.
public final class WebhookReader {
    /// The only `target_type`.
    static final int TARGET_ORGANIZATION = 2;

    private static final String CERTIFICATE = "client_certificate";

    private static final Set<String> WRITABLE =
            Set.of(
                    "name",
                    "event_type",
                    "target_url",
                    "target_type",
                    "is_active",
                    "teams",
                    "headers",
                    CERTIFICATE);
    private static final Set<String> READ_ONLY =
            Set.of("uuid", "inactive_reason", "deleted_teams", "created", "modified");
    private static final Set<String> HEADER = Set.of("name", "value", "secret");
    private static final Set<String> CERTIFICATE_READ_ONLY = Set.of("subject", "expires_at");

    private final LimitProperties limits;
    private final HeaderRules headerRules;
    private final AddressPolicy addresses;
    private final InstantSource clock;

    WebhookReader(LimitProperties limits, AddressPolicy addresses, InstantSource clock) {
        this.limits = limits;
        this.headerRules = new HeaderRules(limits.headerName(), limits.headerValue());
        this.addresses = addresses;
        this.clock = clock;
    }

    /// A new webhook.
    ///
    /// @throws com.avoma.webhooks.config.web.RefusedException where it breaks a rule
    WebhookRequest created(byte @Nullable [] json) {
        var body = JsonBody.parse(json, WRITABLE, READ_ONLY);
        for (var field : List.of("event_type", "target_url")) {
            if (!body.has(field)) {
                body.refuse(field, "is required");
            }
        }
        return read(body);
    }

    /// A change of a webhook, as a merge patch (RFC 7396).
    ///
    /// @throws com.avoma.webhooks.config.web.RefusedException where it breaks a rule
    public WebhookRequest patch(byte @Nullable [] json) {
        return read(JsonBody.parse(json, WRITABLE, READ_ONLY));
    }

    private WebhookRequest read(JsonBody body) {
        for (var field : List.of("event_type", "target_url", "is_active")) {
            if (body.isNull(field)) {
                body.refuse(field, "must not be null");
            }
        }
        var targetType = body.number("target_type");
        if (targetType != null && targetType != TARGET_ORGANIZATION) {
            body.refuse("target_type", "must be 2 (the organization)");
        }
        var request =
                new WebhookRequest(
                        Names.read(body, "name", limits.name()),
                        body.isNull("name"),
                        readEventType(body),
                        readTargetUrl(body),
                        body.flag("is_active"),
                        body.has("teams") ? Set.copyOf(new HashSet<>(body.uuids("teams"))) : null,
                        body.has("headers") ? readHeaders(body) : null,
                        readClientCertificate(body),
                        body.isNull(CERTIFICATE));
        body.orRefuse();
        return request;
    }

    private static @Nullable TriggerEvent readEventType(JsonBody body) {
        var text = body.text("event_type");
        if (text == null) {
            return null;
        }
        var event = TriggerEvent.of(text);
        if (event.isEmpty()) {
            var known =
                    Arrays.stream(TriggerEvent.values())
                            .map(TriggerEvent::name)
                            .collect(Collectors.joining(", "));
            body.refuse("event_type", "must be one of " + known);
        }
        return event.orElse(null);
    }

    private TargetUrl.@Nullable Accepted readTargetUrl(JsonBody body) {
        var text = body.text("target_url");
        if (text == null) {
            return null;
        }
        return switch (TargetUrl.of(text, limits.url(), addresses)) {
            case TargetUrl.Accepted accepted -> accepted;
            case TargetUrl.Rejected(var rule) -> {
                body.refuse("target_url", rule);
                yield null;
            }
        };
    }

    private ClientCertificatePem.@Nullable Accepted readClientCertificate(JsonBody body) {
        var pair = body.object(CERTIFICATE, ClientCertificatePem.FIELDS, CERTIFICATE_READ_ONLY);
        if (pair == null) {
            return null;
        }
        var certificate = requiredText(pair, ClientCertificatePem.CERTIFICATE);
        var key = requiredText(pair, ClientCertificatePem.PRIVATE_KEY);
        if (certificate == null || key == null) {
            return null;
        }
        return switch (ClientCertificatePem.of(certificate, key, clock.instant())) {
            case ClientCertificatePem.Accepted accepted -> accepted;
            case ClientCertificatePem.Rejected(var field, var rule) -> {
                pair.refuse(field, rule);
                yield null;
            }
        };
    }

    private static @Nullable String requiredText(JsonBody pair, String field) {
        var text = pair.text(field);
        if (!pair.has(field) || pair.isNull(field)) {
            pair.refuse(field, "is required: a certificate comes with its key");
        }
        return text;
    }

    private List<WebhookRequest.Header> readHeaders(JsonBody body) {
        List<WebhookRequest.Header> headers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        var objects = body.objects("headers", HEADER);
        if (objects.size() > limits.headers()) {
            body.refuse("headers", "must be at most " + limits.headers());
            return List.of();
        }
        for (var object : objects) {
            var name = readHeaderName(object);
            var secret = Boolean.TRUE.equals(object.flag("secret"));
            var value = readHeaderValue(object, secret);
            if (!name.isEmpty() && !names.add(name.toLowerCase(Locale.ROOT))) {
                object.refuse("name", name + " is there twice");
            }
            headers.add(new WebhookRequest.Header(name, value, secret));
        }
        return headers;
    }

    private String readHeaderName(JsonBody header) {
        var name = header.text("name");
        if (name == null) {
            if (!header.has("name") || header.isNull("name")) {
                header.refuse("name", "is required");
            }
            return "";
        }
        var fault = headerRules.nameFault(name);
        if (fault != null) {
            header.refuse("name", fault);
        }
        return name;
    }

    private @Nullable String readHeaderValue(JsonBody header, boolean secret) {
        var value = header.text("value");
        if (value == null) {
            if (!secret && (!header.has("value") || header.isNull("value"))) {
                header.refuse("value", "is required");
            }
            return null;
        }
        var fault = headerRules.valueFault(value);
        if (fault != null) {
            header.refuse("value", fault);
        }
        return value;
    }
}
