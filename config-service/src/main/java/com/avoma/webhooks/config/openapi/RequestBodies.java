package com.avoma.webhooks.config.openapi;

import com.avoma.webhooks.common.event.TriggerEvent;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What requests have in their bodies. For the description only: requests are read field by field,
/// so that one answer names every fault. A field that is nullable here may be null, which resets
/// it.
public final class RequestBodies {
    private RequestBodies() {}

    /// Only what is [Required] has to be there.
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.TYPE)
    @interface Partial {}

    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.RECORD_COMPONENT)
    @interface Required {}

    /// A new webhook.
    @Partial
    public record NewWebhook(
            @Required TriggerEvent eventType,
            @Required String targetUrl,
            @Nullable String name,
            @Nullable Integer targetType,
            Boolean isActive,
            @Nullable List<UUID> teams,
            @Nullable List<CustomHeader> headers) {}

    /// A merge patch (RFC 7396) of a webhook.
    @Partial
    public record WebhookPatch(
            TriggerEvent eventType,
            String targetUrl,
            @Nullable String name,
            @Nullable Integer targetType,
            Boolean isActive,
            @Nullable List<UUID> teams,
            @Nullable List<CustomHeader> headers) {}

    /// A custom header of a request.
    @Partial
    public record CustomHeader(
            @Required String name, @Nullable String value, @Nullable Boolean secret) {}

    /// A signing secret of the customer's own; `""` for none.
    @Partial
    public record CustomSecret(@Required String signingSecret) {}

    /// How long the old secret still signs, in ISO 8601.
    @Partial
    public record Rotation(@Nullable String overlap) {}

    /// A new API key.
    @Partial
    public record NewApiKey(@Nullable String name) {}
}
